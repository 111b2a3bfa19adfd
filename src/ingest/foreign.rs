//! Kinds of files that people take for transcripts, or mix with them, and what to do about each.

use crate::error::{Location, Tongue};

/// Declares kinds of files with their names and what to do instead, in German and English.
macro_rules! foreign {
    ($($(#[$doc:meta])* $variant:ident: $german:literal, $english:literal => $todo:literal, $do:literal;)*) => {
        /// A kind of file that is recognised, but not read.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Foreign { $($(#[$doc])* $variant,)* }

        impl Foreign {
            /// What it is.
            pub fn name(self, tongue: Tongue) -> &'static str {
                match self { $(Self::$variant => tongue.pick($german, $english),)* }
            }

            /// What to do to get a transcript out of it.
            pub fn advice(self, tongue: Tongue) -> &'static str {
                match self { $(Self::$variant => tongue.pick($todo, $do),)* }
            }
        }
    };
}

foreign! {
    /// Word before 2007 (`.doc`).
    OldWord: "ein altes Word-Dokument (.doc)", "an old Word document (.doc)"
        => "In Word oder LibreOffice öffnen und als .docx speichern", "Open it in Word or LibreOffice and save it as .docx";
    /// Other files of Office before 2007, and Outlook messages.
    OldOffice: "eine alte Office-Datei oder Outlook-Nachricht", "an old Office file or Outlook message"
        => "Das Transkript als Word-Datei (.docx) oder Text (.txt) speichern",
        "Save the transcript as a Word file (.docx) or text (.txt)";
    /// Excel, LibreOffice Calc.
    Spreadsheet: "eine Tabelle (Excel oder LibreOffice Calc)", "a spreadsheet (Excel or LibreOffice Calc)"
        => "Das Blatt mit dem Transkript als CSV speichern, mit einer Spalte namens Text",
        "Save the sheet with the transcript as CSV, with a column called Text";
    /// PowerPoint, LibreOffice Impress.
    Slides: "eine Präsentation", "a presentation"
        => "Das Transkript als Word-Datei (.docx) oder Text (.txt) speichern",
        "Save the transcript as a Word file (.docx) or text (.txt)";
    /// Apple Pages.
    Pages: "ein Pages-Dokument", "a Pages document"
        => "In Pages „Exportieren > Word“ wählen", "In Pages, choose Export To > Word";
    /// E-books.
    Ebook: "ein E-Book", "an e-book"
        => "Das Transkript als Word-Datei (.docx) oder Text (.txt) speichern",
        "Save the transcript as a Word file (.docx) or text (.txt)";
    /// REFI-QDA projects (`.qdpx`).
    Refi: "ein QDA-Projekt (.qdpx)", "a QDA project (.qdpx)"
        => "Das ganze Projekt einlesen: ringwerk code PROJEKT.qdpx", "Read the whole project: ringwerk code PROJECT.qdpx";
    /// Zip, 7z, rar, gzip.
    Archive: "ein gepacktes Archiv", "a packed archive"
        => "Entpacken und die Transkripte einzeln oder als Ordner angeben", "Unpack it and name the transcripts or their folder";
    /// Pictures.
    Image: "ein Bild", "a picture"
        => "Eine Texterkennung (OCR) darüber laufen lassen und das Ergebnis als Text (.txt) speichern",
        "Run text recognition (OCR) on it and save the result as text (.txt)";
    /// Sound and film.
    Recording: "eine Ton- oder Videoaufnahme", "a sound or video recording"
        => "Zuerst transkribieren, zum Beispiel mit noScribe oder aTrain; beide arbeiten auf dem eigenen Rechner",
        "Transcribe it first, for instance with noScribe or aTrain; both work on your own computer";
    /// SQLite: projects of QDA programs and of ringwerk itself.
    Database: "eine Datenbank (etwa eine Projektdatei)", "a database (such as a project file)"
        => "In dem Programm, zu dem sie gehört, die Transkripte als Word-Dateien (.docx) oder Text (.txt) exportieren",
        "In the program it belongs to, export the transcripts as Word files (.docx) or text (.txt)";
    /// Executables.
    Program: "ein Programm", "a program"
        => "Die Datei mit dem Transkript angeben", "Name the file with the transcript";
    /// EXMARaLDA (`.exb`, `.exs`).
    Exmaralda: "eine EXMARaLDA-Transkription", "an EXMARaLDA transcription"
        => "Im Partitur-Editor als VTT oder als einfachen Text (.txt) exportieren",
        "Export it from the Partitur-Editor as VTT or plain text (.txt)";
    /// ELAN (`.eaf`).
    Elan: "eine ELAN-Annotation (.eaf)", "an ELAN annotation (.eaf)"
        => "In ELAN „Exportieren als > Untertiteltext“ (SRT) oder „Traditioneller Transkript-Text“ wählen",
        "In ELAN, choose Export As > Subtitles Text (SRT) or Traditional Transcript Text";
    /// FOLKER (`.flk`, `.fln`).
    Folker: "eine FOLKER-Transkription", "a FOLKER transcription"
        => "In FOLKER als einfachen Text (.txt) oder HTML ausgeben", "Export it from FOLKER as plain text (.txt) or HTML";
    /// Praat (`.TextGrid`).
    Praat: "eine Praat-Annotation (TextGrid)", "a Praat annotation (TextGrid)"
        => "Als SRT, VTT oder einfachen Text (.txt) exportieren", "Export it as SRT, VTT or plain text (.txt)";
    /// Any other XML.
    Xml: "eine XML-Datei", "an XML file"
        => "Das Transkript als Word-Datei (.docx), VTT oder Text (.txt) exportieren",
        "Export the transcript as a Word file (.docx), VTT or text (.txt)";
}

impl Foreign {
    /// The whole message: where, what it is, what is expected, what to do.
    pub(super) fn explain_at(self, location: &Location, tongue: Tongue) -> String {
        let (name, advice) = (self.name(tongue), self.advice(tongue));
        tongue.pick(
            format!("{location}: das ist {name}; erwartet wird ein Transkript. {advice}"),
            format!("{location}: this is {name}; expected a transcript. {advice}"),
        )
    }
}
