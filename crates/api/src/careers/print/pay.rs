//! Pay at the chosen place, its state and the nation: figures in words, what the words mean, and who is left out.

use waymark_catalogue::shapes::{Career, Figure, PayAtPlace, PlaceKind};
use waymark_documents::{CareerPay, CareerPayRow, PayFigure};

use super::marks::Marks;
use super::reader::{Reader, bound};
use super::words::fill;

/// From this share on, in per cent, the self-employed change what the pay figures say.
const MANY_SELF_EMPLOYED: f64 = 15.0;
const MOST_SELF_EMPLOYED: f64 = 50.0;

/// Pay by place; none where the page has no place at all.
pub(super) fn places(career: &Career, reader: Reader, marks: &mut Marks) -> Option<CareerPay> {
    let words = &reader.words.pay;
    let nearest = career.pay.first()?;
    let heading =
        if nearest.place.kind == PlaceKind::Nation { &words.heading_nation } else { &words.heading_place };
    let release = reader.release(marks.release("pay"));
    let mut notes = vec![fill(&words.note, &[("title", &career.occupation.title), ("release", &release)])];
    notes.push(left_out(career, reader));
    notes.extend(remarks(career, reader));
    Some(CareerPay {
        heading: heading.clone(),
        note: notes.join(" "),
        sources: marks.of_field("pay"),
        rows: career.pay.iter().map(|pay| row(pay, reader)).collect(),
    })
}

/// Yearly pay in words.
pub(super) fn words(figure: Figure, reader: Reader) -> String {
    reader.figure(figure, |value| reader.money(value))
}

fn row(pay: &PayAtPlace, reader: Reader) -> CareerPayRow {
    let figure = |figure: Figure| PayFigure {
        text: words(figure, reader),
        value: match figure {
            Figure::Value { value } => Some(value),
            _ => None,
        },
    };
    // Where too few were asked, the ends are not shown; an end that is missing anyway keeps its own reason.
    let end = |end: Figure| match bound(end) {
        Some(_) if pay.too_few => PayFigure { text: reader.words.pay.too_few.clone(), value: None },
        _ => figure(end),
    };
    CareerPayRow {
        place: reader.place(&pay.place),
        p10: end(pay.p10),
        p25: end(pay.p25),
        p50: figure(pay.p50),
        p75: end(pay.p75),
        p90: end(pay.p90),
    }
}

/// What the words that stand instead of figures mean, each once.
fn remarks(career: &Career, reader: Reader) -> Vec<String> {
    let words = &reader.words.pay;
    let few = |pay: &&PayAtPlace| pay.too_few && bound(pay.p50).is_some();
    let few = career.pay.iter().filter(few).map(|pay| reader.place(&pay.place));
    let mut said: Vec<String> = few.map(|place| fill(&words.remark_too_few, &[("place", &place)])).collect();
    let figures = career.pay.iter().flat_map(|pay| {
        let ends = if pay.too_few { [pay.p50; 4] } else { [pay.p10, pay.p25, pay.p75, pay.p90] };
        ends.into_iter().chain([pay.p50])
    });
    for figure in figures {
        let remark = match figure {
            Figure::Value { .. } => continue,
            Figure::AtLeast { .. } => &words.remark_at_least,
            Figure::HourlyOnly => &words.remark_hourly_only,
            Figure::NotPublished => &words.remark_not_published,
            Figure::NotRated | Figure::NotProvided => &words.remark_not_provided,
        };
        if !said.contains(remark) {
            said.push(remark.clone());
        }
    }
    said
}

/// Who is not counted in the pay figures, and how many they are.
fn left_out(career: &Career, reader: Reader) -> String {
    let words = &reader.words.pay;
    let figure = career.outlook.self_employed_percent;
    let sentence = match bound(figure) {
        None => &words.self_employed_unknown,
        Some(share) if share > MOST_SELF_EMPLOYED => &words.self_employed_most,
        Some(share) if share > MANY_SELF_EMPLOYED => &words.self_employed_many,
        Some(_) => &words.self_employed_few,
    };
    fill(sentence, &[("share", &reader.figure(figure, |value| reader.percent(value)))])
}
