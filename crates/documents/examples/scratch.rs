#[path = "../tests/support/mod.rs"]
mod support;
use std::path::PathBuf; use std::time::Instant;
use waymark_documents::*;
fn main() {
    let t=Instant::now();
    let press = Press::new(&[PathBuf::from("/usr/share/fonts")]).unwrap();
    println!("press {:?}", t.elapsed());
    let mut s = support::whole_application();
    let long = support::STATEMENT.repeat(8);
    s.sections[3].entries[0].value = Answer::Long(long);
    for _ in 0..5 { let t=Instant::now(); let r=press.application_pdf(&s).unwrap(); println!("{} pages {} bytes ua {} missing {:?} {:?}", r.pages, r.bytes.len(), r.accessible, r.missing, t.elapsed()); }
    for e in [Extent::OnePage, Extent::Full] { let t=Instant::now(); let r=press.career_pdf(&support::career(), e).unwrap(); println!("career {} pages ua {} {:?}", r.pages, r.accessible, t.elapsed()); }
    let hostile = "#eval(\"1+1\") $x$ *bold* _it_ `raw` = h\n- item\n\\ #read(\"/etc/passwd\") <lab> @ref // c\n\u{202e}reversed\u{202c} ok\n  two  spaces\ttab\nРусский Ελληνικά Tiếng Việt\nשלום world عربى\n日本語 中文 한국어 ไทย हिन्दी\n👩🏽‍🔬 😀 ✓ e\u{301} \u{e000} \u{0}\u{feff}x\u{200d}\n";
    let t=Instant::now();
    let r = press.application_pdf(&support::application(vec![support::entry("x #y *z* $q", Answer::Long(hostile.into())), support::short("a", &"W".repeat(300)), support::short("b", "https://example.org/abc/def/ghi?jkl=mnopqrstuvwxyz1234567890abcdefghijkl")])).unwrap();
    println!("hostile {} ua {} missing {:?} {:?}", r.pages, r.accessible, r.missing, t.elapsed());
    std::fs::write("/tmp/samples/hostile.pdf", r.bytes).unwrap();
    for (n, text) in [("words", "word and more words, ".repeat(50_000)), ("oneword", "a".repeat(1_000_000)), ("lines", "a line of text\n".repeat(66_000)), ("cjk", "日本語中文字".repeat(55_000))] {
        let t=Instant::now();
        let r = press.application_pdf(&support::application(vec![support::entry("x", Answer::Long(text))]));
        match r { Ok(r) => println!("{n} {} pages {} bytes ua {} {:?}", r.pages, r.bytes.len(), r.accessible, t.elapsed()), Err(e) => println!("{n} {e:?} {:?}", t.elapsed()) }
        println!("{}", std::fs::read_to_string("/proc/self/status").unwrap().lines().find(|l| l.starts_with("VmRSS")).unwrap());
    }
}
