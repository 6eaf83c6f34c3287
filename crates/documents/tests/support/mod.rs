//! Plainly fictional sheets for the tests and for the sample documents.

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a test may end so")]

use waymark_documents::{
    Answer, ApplicationEntry, ApplicationItem, ApplicationSection, ApplicationSheet, CareerBlock, CareerFact,
    CareerPay, CareerPayRow, CareerRun, CareerSection, CareerSheet, CareerSource, CareerTable, Language,
    PayFigure,
};

/// A statement of some 300 words in paragraphs.
pub const STATEMENT: &str = "The school’s timetable used to be made on a wall with four hundred paper tags. In tenth \
grade I asked if I could try it with a program, mostly because I wanted to stop losing the tags for the band room.\n\n\
The first version took a night to run and put the choir and the marching band into the same room at the same time. \
The second version took four minutes. I learned that a rule that everybody knows is not written down anywhere, and \
that the person who makes the timetable is the only one who can tell you which rules may bend.\n\n\n\
What I want to study is the part behind the screen:\n\
    – where the facts are kept,\n\
    – what happens when two people change the same fact,\n\
    – and how a system says “I do not know”.\n\n\
I would like to learn this properly, from people who have built such things and seen them fail.";

pub fn entry(label: &str, value: Answer) -> ApplicationEntry {
    ApplicationEntry { label: label.into(), value }
}

pub fn short(label: &str, value: &str) -> ApplicationEntry {
    entry(label, Answer::Short(value.into()))
}

/// An application of one section with these entries.
pub fn application(entries: Vec<ApplicationEntry>) -> ApplicationSheet {
    ApplicationSheet {
        language: Language::En,
        form: "General admission application".into(),
        student: "Sample Student".into(),
        programme: Some("Computer Science, B.S.".into()),
        institution: None,
        career: Some("Backend Architect".into()),
        printed: "November 23, 2026".into(),
        sections: vec![ApplicationSection { heading: "Statement".into(), entries }],
    }
}

/// A filled application of several pages.
pub fn whole_application() -> ApplicationSheet {
    let mut sheet = application(Vec::new());
    let schools = ["Example High School", "Demonstration Middle School"].map(|name| ApplicationItem {
        heading: name.into(),
        entries: vec![
            short("Town and state", "Columbus, Ohio"),
            short("From", "August 2023"),
            short("To", "June 2027"),
            entry(
                "Subjects studied with the most interest",
                Answer::List(vec!["Calculus".into(), "Computer science".into(), "Music theory".into()]),
            ),
            entry("Why did you change schools?", Answer::NotAnswered),
        ],
    });
    let section = |heading: &str, entries| ApplicationSection { heading: heading.into(), entries };
    sheet.sections = vec![
        section(
            "Personal details",
            vec![
                short("Full name, as it stands on official papers", "Sample Middle Student"),
                short("Name you go by", "Sam"),
                short("Date of birth", "May 4, 2009"),
                short("E-mail address", "sample.student@example.org"),
                short("Telephone", "+1 614 555 0123"),
                short("Address", "12 Example Street\nColumbus, OH 43215"),
                entry("Languages spoken at home", Answer::List(vec!["English".into(), "Spanish".into()])),
                entry("Citizenship", Answer::NotAnswered),
            ],
        ),
        section("Education so far", vec![entry("Schools", Answer::Items(schools.into()))]),
        section(
            "Choice of program",
            vec![
                short("First choice", "Computer Science"),
                short("Term you hope to begin", "Autumn 2027"),
                entry("Activities", Answer::Items(Vec::new())),
            ],
        ),
        section(
            "Statement",
            vec![
                entry("What drew you to this course of study?", Answer::Long(STATEMENT.into())),
                entry("Anything else that the reader should know", Answer::Long(String::new())),
            ],
        ),
        section("Declarations", vec![short("I have read the answers above and they are my own.", "Yes")]),
    ];
    sheet
}

fn figure(value: u32) -> PayFigure {
    let text = format!("${},{:03}", value / 1000, value % 1000);
    PayFigure { text, value: Some(f64::from(value)) }
}

fn pay(place: &str, values: [u32; 5]) -> CareerPayRow {
    let [p10, p25, p50, p75, p90] = values.map(figure);
    CareerPayRow { place: place.into(), p10, p25, p50, p75, p90 }
}

pub fn paragraph(text: &str, source: u32) -> CareerBlock {
    CareerBlock::Paragraph(vec![CareerRun::Text(text.into()), CareerRun::Source(source)])
}

/// A career with everything that a page can have.
pub fn career() -> CareerSheet {
    let fact = |label: &str, value: &str, note: &str| CareerFact {
        label: label.into(),
        value: value.into(),
        note: note.into(),
        sources: vec![1],
    };
    let mut columbus = pay("Columbus, OH", [78_020, 99_850, 122_340, 140_010, 171_030]);
    columbus.p90 = PayFigure { text: "$239,200 or more".into(), value: None };
    CareerSheet {
        language: Language::En,
        title: "Backend Architect".into(),
        field: "Computer science · a specialty of Software Developers (15-1252)".into(),
        summary: "Plans the servers, databases and interfaces that other programs stand on, and sees that they stay \
                  quick and safe as they grow."
            .into(),
        printed: "November 23, 2026".into(),
        facts: vec![
            fact("Outlook", "+15.8 % jobs", "2024–34, all software developers"),
            fact("Middle pay, Columbus", "$122,340", "half earn less · May 2025"),
            fact("Usual education", "Bachelor’s degree", "then years as a developer"),
            fact("The original page says", "“Very High” demand", "$145,000+, no source given"),
        ],
        pay: Some(CareerPay {
            heading: "Pay where you live".into(),
            note: "May 2025, software developers; the self-employed are not counted.".into(),
            sources: vec![2],
            rows: vec![
                columbus,
                pay("Ohio", [76_020, 96_850, 114_090, 135_010, 170_030]),
                pay("United States", [81_020, 105_850, 135_980, 172_010, 215_030]),
            ],
        }),
        sections: vec![
            CareerSection {
                heading: "Overview".into(),
                brief: true,
                blocks: vec![
                    paragraph(
                        "A backend architect decides how the parts of a system that nobody sees fit together: where \
                         data is kept, how services speak with each other, and what happens when one of them stops.",
                        1,
                    ),
                    paragraph("The work is half drawing and half listening. Developers, operators and the people who \
                               pay for the system all know something that the drawing must hold.", 2),
                ],
            },
            CareerSection {
                heading: "What they do".into(),
                brief: false,
                blocks: vec![CareerBlock::List(vec![
                    vec![CareerRun::Strong("Plan".into()), CareerRun::Text(" services, and write down why.".into())],
                    vec![CareerRun::Text("Choose databases and keep their growth in view.".into())],
                    vec![CareerRun::Text("Review designs and code of others.".into()), CareerRun::Source(3)],
                ])],
            },
            CareerSection {
                heading: "How to get there".into(),
                brief: true,
                blocks: vec![
                    paragraph("Most enter with a bachelor’s degree in computer science and spend five to ten years \
                               as developers first.", 3),
                    CareerBlock::List(vec![
                        vec![CareerRun::Text("In school: mathematics, computer science, English.".into())],
                        vec![CareerRun::Text("In college: databases, networks, operating systems.".into())],
                        vec![CareerRun::Text("At work: on-call duty teaches what no course does.".into())],
                    ]),
                ],
            },
        ],
        tables: vec![CareerTable {
            heading: "Where they work".into(),
            columns: vec!["Industry".into(), "Jobs".into(), "Share".into()],
            rows: vec![
                vec!["Computer systems design and related services".into(), "598,730".into(), "36.1 %".into()],
                vec!["Software publishers".into(), "181,060".into(), "10.9 %".into()],
                vec!["Management of companies and enterprises".into(), "98,120".into(), "5.9 %".into()],
            ],
        }],
        sources: [
            "BLS Employment Projections 2024–34, published August 28, 2025. Public domain.",
            "BLS Occupational Employment and Wage Statistics, May 2025. Public domain.",
            "O*NET 30.2 Database, US Department of Labor, CC BY 4.0; shortened.",
        ]
        .into_iter()
        .zip(1..)
        .map(|(text, number)| CareerSource { number, text: text.into() })
        .collect(),
        attribution: "This product includes information from a database under the CC BY 4.0 license.".into(),
    }
}

/// The text of a PDF as a program reads it out, without spaces and line breaks, which paper does not keep.
pub fn text_of(pdf: &[u8]) -> String {
    let document = lopdf::Document::load_mem(pdf).unwrap();
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    squeezed(&document.extract_text(&pages).unwrap())
}

/// The text of each page, as [`text_of`] reads it.
pub fn pages_of(pdf: &[u8]) -> Vec<String> {
    let document = lopdf::Document::load_mem(pdf).unwrap();
    document.get_pages().keys().map(|page| squeezed(&document.extract_text(&[*page]).unwrap())).collect()
}

/// A text without spaces and line breaks.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether a PDF's text holds this text, spaces and line breaks apart.
#[track_caller]
pub fn assert_holds(pdf: &[u8], text: &str) {
    let found = text_of(pdf);
    assert!(found.contains(&squeezed(text)), "{text:?} is not in {found:?}");
}
