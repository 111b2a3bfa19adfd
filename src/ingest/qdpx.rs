//! REFI-QDA projects (qdpx): texts, metadata of cases, and what people coded.
//!
//! Read as they are in the wild, not only as the standard says: any name for the project's entry, `Sources` in either case,
//! paths without `internal://`, texts with and without byte order mark, line ends counted as one sign or two.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use super::archive::{Archive, damaged};
use super::error::IngestError;
use super::tree::{Node, parse};
use super::{Contents, FoundInterview, IngestParams, decode, read_bytes};
use crate::coding::{ForeignCode, ForeignCoding, ForeignMark, ForeignText};
use crate::error::{Explain, Location, Tongue};
use crate::text::ByteSpan;
use crate::transcript::Container;

/// Programs that count the end of a line as one sign also where it is two bytes.
const COUNT_LINE_ENDS_ONCE: [&str; 3] = ["atlas", "qualcoder", "ringwerk"];

/// Endings that names of texts have and names of interviews need not.
const ENDINGS: [&str; 7] = [".docx", ".doc", ".odt", ".pdf", ".rtf", ".txt", ".md"];

/// What of a project is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// Pictures, sound and film.
    Media,
    /// Codings on parts of pictures, films, or pages of a PDF file.
    MediaCodings,
    /// Codings on texts as a whole.
    WholeTexts,
    /// Selections without length or outside of their text.
    Selections,
    /// Codings on a text of which the project has no plain form, so that their places are unknown.
    WithoutPlainText,
    /// Notes, memos and descriptions of texts.
    Notes,
    /// Links between passages.
    Links,
    /// Sets of codes or documents.
    Sets,
    /// Graphs.
    Graphs,
}

impl Explain for LeftOut {
    fn explain(&self, tongue: Tongue) -> String {
        let (german, english) = match self {
            Self::Media => ("Bilder, Ton- und Filmaufnahmen", "pictures, recordings, films"),
            Self::MediaCodings => {
                ("Kodierungen an Bildern, Filmen und PDF-Seiten", "codings on pictures, films, PDF pages")
            }
            Self::WholeTexts => ("Kodierungen an ganzen Dokumenten", "codings on whole documents"),
            Self::Selections => (
                "Markierungen ohne Länge oder außerhalb ihres Textes",
                "selections without length or outside of their text",
            ),
            Self::WithoutPlainText => {
                ("Kodierungen an Dokumenten ohne reinen Text", "codings on documents without plain text")
            }
            Self::Notes => ("Memos und Kommentare", "memos and comments"),
            Self::Links => ("Verknüpfungen", "links"),
            Self::Sets => ("Gruppen", "sets"),
            Self::Graphs => ("Diagramme", "graphs"),
        };
        tongue.pick(german, english).to_owned()
    }
}

/// The entry that describes the project: `project.qde`, which some programs call otherwise.
pub(super) fn project_name(names: &[String]) -> Option<&String> {
    let mut projects = names.iter().filter(|name| !name.contains('/') && name.to_lowercase().ends_with(".qde"));
    let first = projects.next();
    projects.find(|name| name.eq_ignore_ascii_case("project.qde")).or(first)
}

/// Reads all texts of a project.
///
/// # Errors
/// Where the file is damaged or describes no project; single texts that cannot be read are named among the interviews.
pub(super) fn read(path: &Path, bytes: &[u8], params: &IngestParams) -> Result<Contents, IngestError> {
    let mut archive = Archive::open(bytes, Container::Qdpx, path)?;
    let names = archive.names();
    let name = project_name(&names).cloned().unwrap_or_default();
    let xml = decode::text(&archive.read(&name)?).text;
    let root = parse(&xml).map_err(|error| damaged(path, Container::Qdpx, error.into()))?;
    let mut project = Project::new(&root, path, names);
    let sources = root.first("Sources").map(|sources| sources.children.as_slice()).unwrap_or_default();
    let texts: Vec<&Node> = sources.iter().flat_map(|source| project.texts(source)).collect();
    let interviews = texts.into_iter().map(|text| project.interview(text, &mut archive, params)).collect();
    Ok(Contents { interviews, left_out: project.left_out })
}

/// What a project says about all its texts.
struct Project<'a> {
    path: &'a Path,
    /// Names of the archive's entries.
    entries: Vec<String>,
    /// Which program wrote it, in lower case.
    origin: String,
    /// By GUID.
    users: HashMap<String, String>,
    codes: HashMap<String, ForeignCode>,
    /// Metadata from cases, by GUID of the text.
    cases: HashMap<String, BTreeMap<String, String>>,
    /// Names of the metadata's fields, by GUID.
    variables: HashMap<String, String>,
    left_out: BTreeMap<LeftOut, usize>,
}

impl<'a> Project<'a> {
    fn new(root: &Node, path: &'a Path, entries: Vec<String>) -> Self {
        let named = |node: &Node| (guid(node.attribute("guid")), node.attribute("name").to_owned());
        let listed = |list: &str, kind: &str| -> HashMap<String, String> {
            root.all(list).flat_map(|list| list.all(kind).map(named).collect::<Vec<_>>()).collect()
        };
        let mut project = Self {
            path,
            entries,
            origin: root.attribute("origin").to_lowercase(),
            users: listed("Users", "User"),
            codes: HashMap::new(),
            cases: HashMap::new(),
            variables: listed("Variables", "Variable"),
            left_out: BTreeMap::new(),
        };
        if let Some(codes) = root.first("CodeBook").and_then(|book| book.first("Codes")) {
            project.read_codes(codes, &[]);
        }
        for case in root.first("Cases").into_iter().flat_map(|cases| cases.all("Case")) {
            let values = project.values(case);
            for source in case.all("SourceRef") {
                project.cases.entry(guid(source.attribute("targetGUID"))).or_default().extend(values.clone());
            }
        }
        for (list, kind) in
            [("Notes", LeftOut::Notes), ("Links", LeftOut::Links), ("Sets", LeftOut::Sets), ("Graphs", LeftOut::Graphs)]
        {
            project.leave_out(kind, root.first(list).map_or(0, |list| list.children.len()));
        }
        project
    }

    fn leave_out(&mut self, kind: LeftOut, count: usize) {
        if count > 0 {
            *self.left_out.entry(kind).or_default() += count;
        }
    }

    /// Reads codes and those below them. ATLAS.ti writes groups into names: `Ringe::Hürde`.
    fn read_codes(&mut self, parent: &Node, groups: &[String]) {
        for node in parent.all("Code") {
            let mut path = groups.to_vec();
            path.extend(node.attribute("name").split("::").map(str::to_owned));
            let name = path.last().cloned().unwrap_or_default();
            let description = node.text_of("Description").to_owned();
            let code = ForeignCode { groups: path[..path.len() - 1].to_vec(), name, description };
            self.codes.insert(guid(node.attribute("guid")), code);
            self.read_codes(node, &path);
        }
    }

    /// The metadata at a case or a text.
    fn values(&self, node: &Node) -> BTreeMap<String, String> {
        let value = |value: &Node| {
            let field = self.variables.get(&guid(value.first("VariableRef")?.attribute("targetGUID")))?;
            let text = value.children.iter().find(|child| child.name != "VariableRef")?.text.trim();
            (!text.is_empty()).then(|| (field.clone(), text.to_owned()))
        };
        node.all("VariableValue").filter_map(value).collect()
    }

    /// The texts of a source: itself, the text of a PDF file, transcripts of a recording.
    fn texts<'n>(&mut self, source: &'n Node) -> Vec<&'n Node> {
        let texts: Vec<&Node> = match source.name.as_str() {
            "TextSource" => vec![source],
            "PDFSource" => source.all("Representation").collect(),
            "AudioSource" | "VideoSource" => source.all("Transcript").collect(),
            _ => Vec::new(),
        };
        if source.name != "TextSource" {
            let coded = source.children.iter().filter(|child| child.name.ends_with("Selection"));
            self.leave_out(LeftOut::MediaCodings, coded.map(|selection| selection.all("Coding").count()).sum());
            self.leave_out(LeftOut::Media, usize::from(texts.is_empty()));
        }
        texts
    }

    fn interview(
        &mut self,
        text: &Node,
        archive: &mut Archive,
        params: &IngestParams,
    ) -> Result<FoundInterview, IngestError> {
        self.leave_out(LeftOut::WholeTexts, text.all("Coding").count());
        self.leave_out(LeftOut::Notes, text.all("Description").count());
        let name = interview_name(text);
        let path = self.path.join(name.replace(['/', '\\'], "_"));
        let (bytes, coded) = self.content(text, archive, &path)?;
        let mut transcript = read_bytes(&path, &bytes, params)?;
        transcript.id = name;
        transcript.format.container = Container::Qdpx;
        let cases = self.cases.get(&guid(text.attribute("guid"))).cloned().unwrap_or_default();
        for (field, value) in self.values(text).into_iter().chain(cases) {
            transcript.meta.entry(field).or_insert(value);
        }
        Ok(FoundInterview { path, transcript, coded })
    }

    /// The text as a file of its own, and its codings, where it has a plain form.
    fn content(
        &mut self,
        text: &Node,
        archive: &mut Archive,
        path: &Path,
    ) -> Result<(Vec<u8>, ForeignText), IngestError> {
        let (plain, rich) = (text.attribute("plainTextPath"), text.attribute("richTextPath"));
        if let Some(inline) = text.first("PlainTextContent") {
            return Ok((inline.text.clone().into_bytes(), self.coded(text, &inline.text)));
        }
        if let Some(entry) = self.entry(plain) {
            let whole = decode::text(&archive.read(&entry)?).text;
            let coded = self.coded(text, &whole);
            return Ok((coded.text.clone().into_bytes(), coded));
        }
        let Some(entry) = self.entry(rich) else {
            let reference = if plain.is_empty() { rich } else { plain }.to_owned();
            return Err(IngestError::NotInProject { location: Location::file(path), reference });
        };
        let codings = text.children.iter().map(|selection| selection.all("Coding").count()).sum();
        self.leave_out(LeftOut::WithoutPlainText, codings);
        Ok((archive.read(&entry)?, ForeignText::default()))
    }

    /// The entry of the archive that a path means. Nothing outside of the archive is ever opened.
    fn entry(&self, path: &str) -> Option<String> {
        let inside = path.strip_prefix("internal://").unwrap_or(path).trim_start_matches('/');
        let inside =
            inside.get(..8).filter(|start| start.eq_ignore_ascii_case("sources/")).map_or(inside, |_| &inside[8..]);
        let wanted = format!("sources/{inside}").to_lowercase();
        self.entries.iter().find(|entry| !inside.is_empty() && entry.to_lowercase() == wanted).cloned()
    }

    /// The codings of a text.
    fn coded(&mut self, text: &Node, whole: &str) -> ForeignText {
        let counted = self.counted(text, whole);
        let starts: Vec<usize> = starts(&counted);
        let mut codings = Vec::new();
        for selection in text.children.iter().filter(|child| child.name.ends_with("Selection")) {
            let Some(span) = span(selection, &starts) else {
                self.leave_out(LeftOut::Selections, 1);
                continue;
            };
            let comment = selection.text_of("Description").trim();
            if !comment.is_empty() {
                let mark = ForeignMark::Comment(comment.to_owned());
                codings.push(ForeignCoding { span, mark, who: self.who(selection, selection) });
            }
            codings.extend(selection.all("Coding").filter_map(|coding| self.coding(span, selection, coding)));
        }
        ForeignText { text: counted, codings }
    }

    fn coding(&self, span: ByteSpan, selection: &Node, coding: &Node) -> Option<ForeignCoding> {
        let code = self.codes.get(&guid(coding.first("CodeRef")?.attribute("targetGUID")))?.clone();
        Some(ForeignCoding { span, mark: ForeignMark::Code(code), who: self.who(coding, selection) })
    }

    /// Who made something in a selection.
    fn who(&self, made: &Node, selection: &Node) -> String {
        let user = |node: &Node| self.users.get(&guid(node.attribute("creatingUser")));
        let who = user(made).or_else(|| user(selection)).filter(|who| !who.trim().is_empty());
        who.cloned().unwrap_or_else(|| "QDA".to_owned())
    }

    /// The text as the positions count it. Where a line ends with two signs, some programs count one and some two: what the
    /// selections say about their own words decides, else the program that wrote the file.
    fn counted(&self, text: &Node, whole: &str) -> String {
        if !whole.contains("\r\n") {
            return whole.to_owned();
        }
        let once = whole.replace("\r\n", "\n");
        let right = |text_as: &str| {
            let starts = starts(text_as);
            let is_right = |selection: &&Node| {
                span(selection, &starts).is_some_and(|span| span.of(text_as) == selection.attribute("name"))
            };
            text.children.iter().filter(is_right).count()
        };
        let (by_one, by_two) = (right(&once), right(whole));
        let counts_once = COUNT_LINE_ENDS_ONCE.iter().any(|program| self.origin.contains(program));
        if by_one > by_two || by_one == by_two && counts_once { once } else { whole.to_owned() }
    }
}

/// The bytes at which the code points of a text begin, and its end.
fn starts(text: &str) -> Vec<usize> {
    text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect()
}

/// A selection's place, where it is one in the text.
fn span(selection: &Node, starts: &[usize]) -> Option<ByteSpan> {
    let at = |key: &str| starts.get(selection.attribute(key).trim().parse::<usize>().ok()?).copied();
    let (start, end) = (at("startPosition")?, at("endPosition")?);
    (start < end).then(|| ByteSpan::new(start, end))
}

/// A GUID in one spelling: some programs write braces and capitals.
fn guid(text: &str) -> String {
    text.trim().trim_matches(['{', '}']).to_lowercase()
}

/// What a text is called, without the ending of the file that it once was.
fn interview_name(text: &Node) -> String {
    let name = text.attribute("name").trim();
    let ending = ENDINGS.iter().find(|ending| name.to_lowercase().ends_with(*ending));
    let name = ending.and_then(|ending| name.get(..name.len() - ending.len())).unwrap_or(name);
    if name.is_empty() { "text".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_never_lead_out_of_the_archive() {
        let root = Node::default();
        let project = Project::new(&root, Path::new("a.qdpx"), vec!["Sources/a.txt".into()]);
        for path in ["internal://a.txt", "a.txt", "sources/a.txt", "internal://A.txt"] {
            assert_eq!(project.entry(path).as_deref(), Some("Sources/a.txt"), "{path}");
        }
        for path in ["", "relative:///a.txt", "absolute:///etc/passwd", "internal://../a.txt"] {
            assert_eq!(project.entry(path), None, "{path}");
        }
    }
}
