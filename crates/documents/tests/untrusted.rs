//! What a person typed comes out as what they typed, whatever it is.

#![allow(clippy::unwrap_used, reason = "a test may end so")]

mod support;

use support::{application, assert_holds, career, entry, short, text_of};
use waymark_documents::{Answer, ApplicationItem, CareerBlock, CareerRun, Extent, Press};

/// Each would do something if any of it were read as markup, code or a path.
const HOSTILE: [&str; 10] = [
    r#"#eval("1+1") #panic("now") #sys.version"#,
    r#"#read("/etc/passwd") #json("sheet.json") #import "style.typ": *"#,
    r"$x^2$ *bold* _italic_ `raw` ~ -- --- ...",
    "= Heading",
    "- item",
    r"\ \u{41} \* <label> @reference [bracket] // comment /* comment",
    r#""quoted" 'quoted' {"kind":"long","value":"x"}"#,
    "https://example.org/?a=b&c=d#e",
    "</text></script><script>alert(1)</script>",
    "'; DROP TABLE student; --",
];

fn press() -> Press {
    Press::new(&[]).unwrap()
}

#[test]
fn markup_is_printed_as_it_stands_in_every_kind_of_answer() {
    for text in HOSTILE {
        let item = ApplicationItem { heading: text.into(), entries: vec![short(text, text)] };
        let mut sheet = application(vec![
            short(text, text),
            entry(text, Answer::Long(text.into())),
            entry(text, Answer::List(vec![text.into(), text.into()])),
            entry(text, Answer::Items(vec![item])),
        ]);
        sheet.form = text.into();
        sheet.student = text.into();
        sheet.institution = Some(text.into());
        sheet.printed = text.into();
        sheet.sections[0].heading = text.into();
        let pdf = press().application_pdf(&sheet).unwrap();
        let found = text_of(&pdf.bytes);
        // form, student, institution, day, heading; label and answer of three; label, item, label, answer of one
        assert_eq!(found.matches(&support::squeezed(text)).count(), 5 + 7 + 4, "{text}: {found}");
    }
}

#[test]
fn markup_is_printed_as_it_stands_on_a_career_page() {
    for text in HOSTILE {
        let mut sheet = career();
        sheet.title = text.into();
        sheet.summary = text.into();
        sheet.facts[0].value = text.into();
        sheet.sections[0].heading = text.into();
        sheet.sections[0].blocks =
            vec![CareerBlock::Paragraph(vec![CareerRun::Text(text.into()), CareerRun::Strong(text.into())])];
        sheet.tables[0].rows[0][0] = text.into();
        sheet.sources[0].text = text.into();
        let pdf = press().career_pdf(&sheet, Extent::Full).unwrap();
        assert!(text_of(&pdf.bytes).matches(&support::squeezed(text)).count() >= 8, "{text}");
    }
}

#[test]
fn line_breaks_of_every_system_are_line_breaks() {
    for line_break in ["\n", "\r\n", "\r"] {
        let text = format!("first line{line_break}second line{line_break}{line_break}third line");
        let pdf =
            press().application_pdf(&application(vec![entry("Statement", Answer::Long(text))])).unwrap();
        let document = lopdf::Document::load_mem(&pdf.bytes).unwrap();
        let lines = document.extract_text(&[1]).unwrap();
        let lines: Vec<&str> = lines.lines().map(str::trim).collect();
        let first = lines.iter().position(|line| *line == "first line").unwrap();
        assert_eq!(lines[first + 1], "second line");
        assert_eq!(lines[first + 2], "third line");
        assert!(pdf.missing.is_empty(), "{:?}", pdf.missing);
    }
}

#[test]
fn a_mark_of_direction_reaches_no_further_than_its_own_answer() {
    let sheet = application(vec![
        entry("Statement", Answer::Long("before \u{202e}turned round".into())),
        short("Next question", "next answer"),
    ]);
    let pdf = press().application_pdf(&sheet).unwrap();
    assert_holds(&pdf.bytes, "Next question next answer");
    assert_holds(&pdf.bytes, "Draft, not submitted");
    assert!(pdf.missing.is_empty(), "{:?}", pdf.missing);
}

#[test]
fn letters_of_the_built_in_scripts_are_printed() {
    let text = "Niña Łódź Đặng Nguyễn Жанна Ολυμπία “quotes” — … € ½";
    let pdf = press()
        .application_pdf(&application(vec![short("Name", text), entry("x", Answer::Long(text.into()))]));
    let pdf = pdf.unwrap();
    assert!(pdf.missing.is_empty(), "{:?}", pdf.missing);
    assert!(pdf.accessible);
    assert_holds(&pdf.bytes, "Жанна");
    assert_holds(&pdf.bytes, "Nguyễn");
}

#[test]
fn a_character_without_a_glyph_is_reported_and_the_rest_is_printed() {
    let pdf = press()
        .application_pdf(&application(vec![short("Name", "Sample 学生 😀 \u{e000}\u{0} end")]))
        .unwrap();
    assert_eq!(pdf.missing, ['\u{0}', '学', '生', '\u{e000}', '😀']);
    assert!(!pdf.accessible);
    assert_holds(&pdf.bytes, "Sample");
    assert_holds(&pdf.bytes, "end");
}

#[test]
fn a_folder_of_fonts_that_is_not_there_does_no_harm() {
    let press = Press::new(&["/nowhere/at/all".into()]).unwrap();
    let pdf = press.application_pdf(&application(vec![short("Name", "学")])).unwrap();
    assert_eq!(pdf.missing, ['学']);
}

#[test]
fn a_name_of_three_hundred_letters_stays_on_the_paper() {
    let name = "Wm".repeat(150);
    let mut sheet = application(vec![short(&name, &name)]);
    sheet.student.clone_from(&name);
    sheet.form.clone_from(&name);
    sheet.programme = Some(name.clone());
    let pdf = press().application_pdf(&sheet).unwrap();
    // form, student, programme, label, answer; pages may break within one, and their heads repeat the beginnings
    assert!(text_of(&pdf.bytes).matches("Wm").count() >= 5 * 150);
    // an address copied from the paper is the address that was typed
    assert!(!text_of(&pdf.bytes).contains('\u{200b}'));
}

#[test]
fn a_megabyte_of_text_is_printed_to_its_last_word() {
    for text in ["a line of text\n".repeat(70_000), "words and words ".repeat(64_000), "a".repeat(1_000_000)]
    {
        let sheet =
            application(vec![entry("Statement", Answer::Long(text)), short("Last question", "last answer")]);
        let pdf = press().application_pdf(&sheet).unwrap();
        assert!(pdf.pages > 100);
        let document = lopdf::Document::load_mem(&pdf.bytes).unwrap();
        let last = u32::try_from(pdf.pages).unwrap();
        let end = support::squeezed(&document.extract_text(&[last]).unwrap());
        assert!(end.contains("Lastquestionlastanswer"), "{end}");
    }
}

#[test]
fn ten_megabytes_of_text_are_refused_by_name_and_the_press_prints_on() {
    let press = press();
    let sheet = application(vec![entry("Statement", Answer::Long("word ".repeat(2_000_000)))]);
    let error = press.application_pdf(&sheet).unwrap_err();
    assert_eq!(error.code(), "documents.too_long");
    assert!(press.application_pdf(&application(vec![short("Name", "Sample Student")])).is_ok());
}
