//! `project.qde`: users, codes, variables, cases, sources with their codings, notes, in the order of the schema.

use std::collections::BTreeMap;
use std::io;

use jiff::Timestamp;

use super::codebook::{code_guid, codes};
use super::guid::guid;
use super::page::{Page, Place};
use super::{ORIGIN, Variables};
use crate::coding::{By, ENGINE};
use crate::error::Tongue;
use crate::export::codes::Meaning;
use crate::export::value::{Kind, fields};
use crate::export::xml::Xml;
use crate::study::{CodedStatement, Interview, Origin, Study};
use crate::text::ByteSpan;

const NAMESPACE: &str = "urn:QDA-XML:project:1.0";
const SCHEMA: &str = "urn:QDA-XML:project:1.0 http://schema.qdasoftware.org/versions/Project/v1.0/Project.xsd";

/// Writes the document; `pages` are those of the interviews, in order.
pub(super) fn project(study: &Study, pages: &[Page], variables: Variables, tongue: Tongue) -> io::Result<Vec<u8>> {
    let engine = engine_guid();
    let (made, changed) = (instant(study.suggested_at), instant(study.newest()));
    let attributes = [
        ("xmlns", NAMESPACE),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ("xsi:schemaLocation", SCHEMA),
        ("name", study.name.as_str()),
        ("origin", ORIGIN),
        ("creatingUserGUID", engine.as_str()),
        ("creationDateTime", made.as_str()),
        ("modifiedDateTime", changed.as_str()),
    ];
    let fields = fields(&study.interviews);
    let mut content = Content { study, tongue, variables, fields, notes: BTreeMap::new() };
    let mut xml = Xml::new()?;
    xml.element("Project", &attributes, |xml| content.write(xml, pages))?;
    Ok(xml.finish())
}

/// The GUID of an interview's text, which is its file's name, too.
pub(super) fn source_guid(interview: &Interview) -> String {
    guid(&["source", interview.id(), interview.transcript.text()])
}

/// Who signs what the engine did.
fn engine_guid() -> String {
    guid(&["engine"])
}

fn user_guid(origin: &Origin) -> String {
    origin.person().map_or_else(engine_guid, person_guid)
}

fn person_guid(by: &By) -> String {
    guid(&["person", &by.who])
}

fn variable_guid(field: &str) -> String {
    guid(&["variable", field])
}

/// As `xsd:dateTime`, in whole seconds.
fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A remark of the engine that codings refer to.
struct Note {
    name: &'static str,
    text: String,
}

/// A code on a passage.
struct Coding<'a> {
    span: ByteSpan,
    meaning: Meaning,
    origin: &'a Origin,
}

impl Coding<'_> {
    /// Whether both are on the same passage by the same author.
    fn goes_with(&self, other: &Self) -> bool {
        self.span == other.span && user_guid(self.origin) == user_guid(other.origin)
    }
}

/// What a statement is coded with, the more central ring first.
fn codings<'a>(interview: &Interview, statement: &'a CodedStatement) -> Vec<Coding<'a>> {
    let span = statement.place.span;
    let rings =
        statement.rings.iter().map(|ring| Coding { span, meaning: Meaning::Ring(ring.code), origin: &ring.origin });
    let job =
        statement.job.iter().map(|job| Coding { span, meaning: Meaning::Job(job.code.clone()), origin: &job.origin });
    let reason = statement.reason.iter().map(|reason| Coding {
        span: part(interview, statement, reason.code),
        meaning: Meaning::Reason,
        origin: &reason.origin,
    });
    rings.chain(job).chain(reason).collect()
}

/// What stands in a project, and the notes that were referred to so far.
struct Content<'a> {
    study: &'a Study,
    tongue: Tongue,
    variables: Variables,
    /// Those of the metadata of all interviews.
    fields: BTreeMap<&'a str, Kind>,
    /// By GUID.
    notes: BTreeMap<String, Note>,
}

impl Content<'_> {
    fn write(&mut self, xml: &mut Xml, pages: &[Page]) -> io::Result<()> {
        self.users(xml)?;
        xml.element("CodeBook", &[], |xml| codes(xml, self.study, self.tongue))?;
        self.declarations(xml)?;
        self.cases(xml)?;
        if !self.study.interviews.is_empty() {
            xml.element("Sources", &[], |xml| {
                self.study.interviews.iter().zip(pages).try_for_each(|(one, page)| self.source(xml, one, page))
            })?;
        }
        self.all_notes(xml)
    }

    /// The engine, and everybody who decided.
    fn users(&self, xml: &mut Xml) -> io::Result<()> {
        let engine = ENGINE;
        xml.element("Users", &[], |xml| {
            xml.empty("User", &[("guid", &engine_guid()), ("name", engine)])?;
            let person = |who: &str| guid(&["person", who]);
            self.study.people().iter().try_for_each(|who| xml.empty("User", &[("guid", &person(who)), ("name", who)]))
        })
    }

    /// The fields of the metadata.
    fn declarations(&self, xml: &mut Xml) -> io::Result<()> {
        if self.fields.is_empty() {
            return Ok(());
        }
        xml.element("Variables", &[], |xml| {
            self.fields.iter().try_for_each(|(field, kind)| {
                let guid = variable_guid(field);
                xml.empty("Variable", &[("guid", &guid), ("name", field), ("typeOfVariable", type_name(*kind))])
            })
        })
    }

    /// A case an interview.
    fn cases(&self, xml: &mut Xml) -> io::Result<()> {
        if self.study.interviews.is_empty() {
            return Ok(());
        }
        xml.element("Cases", &[], |xml| {
            self.study.interviews.iter().try_for_each(|interview| {
                let source = source_guid(interview);
                xml.element("Case", &[("guid", &guid(&["case", &source])), ("name", interview.id())], |xml| {
                    if self.variables != Variables::Source {
                        self.values(xml, interview)?;
                    }
                    xml.empty("SourceRef", &[("targetGUID", &source)])
                })
            })
        })
    }

    /// The metadata of an interview.
    fn values(&self, xml: &mut Xml, interview: &Interview) -> io::Result<()> {
        interview.transcript.meta.iter().try_for_each(|(field, value)| {
            xml.element("VariableValue", &[], |xml| {
                xml.empty("VariableRef", &[("targetGUID", &variable_guid(field))])?;
                xml.text(value_name(self.fields[field.as_str()]), value)
            })
        })
    }

    fn source(&mut self, xml: &mut Xml, interview: &Interview, page: &Page) -> io::Result<()> {
        let (guid, engine) = (source_guid(interview), engine_guid());
        let path = format!("internal://{guid}.txt");
        let attributes =
            [("guid", guid.as_str()), ("name", interview.id()), ("plainTextPath", &path), ("creatingUser", &engine)];
        xml.element("TextSource", &attributes, |xml| {
            for statement in interview.statements.iter().filter(|statement| statement.is_told()) {
                self.statement(xml, interview, page, statement)?;
            }
            if self.variables == Variables::Case { Ok(()) } else { self.values(xml, interview) }
        })
    }

    /// A statement as selections, each with the codes of one author, since some programs sign a whole selection by who made
    /// it; a reason that stands in a part of the statement, and a remark, are selections of their own.
    fn statement(
        &mut self,
        xml: &mut Xml,
        interview: &Interview,
        page: &Page,
        statement: &CodedStatement,
    ) -> io::Result<()> {
        let mut groups: Vec<Vec<Coding>> = Vec::new();
        for coding in codings(interview, statement) {
            match groups.iter_mut().find(|group| group[0].goes_with(&coding)) {
                Some(group) => group.push(coding),
                None => groups.push(vec![coding]),
            }
        }
        let whole = Selection { interview, page, turn: statement.place.turn, span: statement.place.span };
        for group in groups {
            let selection = Selection { span: group[0].span, ..whole };
            let (user, at) = (user_guid(group[0].origin), self.at(group[0].origin));
            selection.write(xml, "codes", &user, &at, |xml, key| {
                group.iter().try_for_each(|coding| self.coding(xml, key, coding))
            })?;
        }
        statement.comment.as_ref().map_or(Ok(()), |comment| {
            let (user, at) = (person_guid(&comment.by), instant(comment.by.at));
            whole.write(xml, "comment", &user, &at, |xml, _| xml.text("Description", &comment.value))
        })
    }

    fn coding(&mut self, xml: &mut Xml, selection: &str, coding: &Coding) -> io::Result<()> {
        let (code, user) = (code_guid(self.study, &coding.meaning), user_guid(coding.origin));
        let guid = guid(&["coding", selection, &code, &user]);
        let at = self.at(coding.origin);
        let attributes = [("guid", guid.as_str()), ("creatingUser", user.as_str()), ("creationDateTime", at.as_str())];
        xml.element("Coding", &attributes, |xml| {
            xml.empty("CodeRef", &[("targetGUID", &code)])?;
            match coding.origin.probability() {
                Some(p) => {
                    let note = self.probability(p);
                    self.refer(xml, super::guid::guid(&["suggestion", &note.text]), note)
                }
                None => Ok(()),
            }
        })
    }

    /// When something was coded.
    fn at(&self, origin: &Origin) -> String {
        instant(origin.person().map_or(self.study.suggested_at, |by| by.at))
    }

    /// Refers to a note, which comes at the end of the project.
    fn refer(&mut self, xml: &mut Xml, guid: String, note: Note) -> io::Result<()> {
        xml.empty("NoteRef", &[("targetGUID", &guid)])?;
        self.notes.entry(guid).or_insert(note);
        Ok(())
    }

    /// What the engine says of a suggestion. Suggestions that are equally probable share one note.
    fn probability(&self, p: f32) -> Note {
        let (percent, model) = ((f64::from(p) * 100.0).round(), &self.study.model);
        Note {
            name: self.tongue.pick("Vorschlag der Maschine", "Suggestion of the engine"),
            text: self.tongue.pick(
                format!("Vorschlag, noch nicht bestätigt. Wahrscheinlichkeit {percent} %. Modell: {model}"),
                format!("Suggestion, not confirmed yet. Probability {percent} %. Model: {model}"),
            ),
        }
    }

    fn all_notes(&self, xml: &mut Xml) -> io::Result<()> {
        if self.notes.is_empty() {
            return Ok(());
        }
        let (engine, at) = (engine_guid(), instant(self.study.suggested_at));
        xml.element("Notes", &[], |xml| {
            self.notes.iter().try_for_each(|(guid, note)| {
                // QualCoder does not open a project with a note that has no date.
                let attributes = [
                    ("guid", guid.as_str()),
                    ("name", note.name),
                    ("creatingUser", &engine),
                    ("creationDateTime", &at),
                ];
                xml.element("Note", &attributes, |xml| xml.text("PlainTextContent", &note.text))
            })
        })
    }
}

/// A passage of an interview.
struct Selection<'a> {
    interview: &'a Interview,
    page: &'a Page,
    turn: usize,
    span: ByteSpan,
}

impl Selection<'_> {
    /// Writes it with what stands in it, which is told its GUID; `kind` tells selections of one passage and author apart.
    fn write(
        &self,
        xml: &mut Xml,
        kind: &str,
        user: &str,
        at: &str,
        inside: impl FnOnce(&mut Xml, &str) -> io::Result<()>,
    ) -> io::Result<()> {
        let Place { start, end } = self.page.place(&self.interview.transcript, self.turn, self.span);
        let (start, end) = (start.to_string(), end.to_string());
        let guid = guid(&["selection", kind, user, &source_guid(self.interview), &start, &end]);
        let attributes = [
            ("guid", guid.as_str()),
            ("name", self.span.of(self.interview.transcript.text())),
            ("startPosition", &start),
            ("endPosition", &end),
            ("creatingUser", user),
            ("creationDateTime", at),
        ];
        xml.element("PlainTextSelection", &attributes, |xml| inside(xml, &guid))
    }
}

/// The part of a statement where its reason stands; the whole statement where that is not known.
fn part(interview: &Interview, statement: &CodedStatement, span: Option<ByteSpan>) -> ByteSpan {
    let whole = statement.place.span;
    let inside = span.filter(|span| span.get(interview.text(statement)).is_some_and(|text| !text.is_empty()));
    inside.map_or(whole, |span| span.shifted(whole.start))
}

fn type_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "Text",
        Kind::Integer => "Integer",
        Kind::Date => "Date",
    }
}

fn value_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "TextValue",
        Kind::Integer => "IntegerValue",
        Kind::Date => "DateValue",
    }
}
