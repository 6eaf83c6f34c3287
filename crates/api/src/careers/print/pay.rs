//! Pay at the chosen place, its state and the nation: figures in words, what the words mean, and who is left out. Where
//! no yearly figure exists, dollars an hour stand in its place, and are never made into a yearly figure.

use waymark_catalogue::shapes::{Career, Figure, HourlyPay, PayAtPlace, PlaceKind};
use waymark_documents::{CareerPay, CareerPayRow, PayFigure};

use super::marks::Marks;
use super::reader::{Reader, bound, whole};
use super::words::fill;

/// From this share on, in per cent, the self-employed change what the pay figures say.
const MANY_SELF_EMPLOYED: f64 = 15.0;
const MOST_SELF_EMPLOYED: f64 = 50.0;

/// So many people or fewer are too few to ask (the catalogue's own rule); a wide error is the other reason.
const FEW_PEOPLE: f64 = 50.0;

/// The occupations that no survey of jobs and pay counts: the armed forces (major group 55).
const ARMED_FORCES: &str = "55-";

/// Whether the publishers' surveys leave the occupation out altogether.
pub(super) fn is_uncounted(career: &Career) -> bool {
    career.occupation.soc.starts_with(ARMED_FORCES)
}

/// Pay by place; none where the page has no place at all, or where pay is published nowhere.
pub(super) fn places(career: &Career, reader: Reader, marks: &mut Marks) -> Option<CareerPay> {
    let words = &reader.words.pay;
    let nearest = career.pay.first().filter(|_| !is_uncounted(career))?;
    let heading =
        if nearest.place.kind == PlaceKind::Nation { &words.heading_nation } else { &words.heading_place };
    let release = reader.release(marks.release("pay"));
    let mut notes = vec![fill(&words.note, &[("title", &career.occupation.title), ("release", &release)])];
    notes.push(left_out(career, reader));
    notes.extend(remarks(career.pay.iter().map(|pay| (pay, reader.place(&pay.place))), reader));
    Some(CareerPay {
        heading: heading.clone(),
        note: notes.join(" "),
        sources: marks.of_field("pay"),
        rows: career.pay.iter().map(|pay| row(pay, &reader.place(&pay.place), reader)).collect(),
    })
}

/// Yearly pay in words.
pub(super) fn words(figure: Figure, reader: Reader) -> String {
    reader.figure(figure, |value| reader.money(value))
}

/// The figures that are shown for a place, from one in ten earning less to nine in ten.
pub(super) struct Shown {
    pub(super) figures: [Figure; 5],
    /// Dollars an hour instead of a year.
    pub(super) hourly: bool,
}

impl Shown {
    /// Yearly pay, or pay by the hour where there is no other.
    pub(super) fn of(pay: &PayAtPlace) -> Self {
        match &pay.hourly {
            Some(HourlyPay { p10, p25, p50, p75, p90 }) if pay.p50 == Figure::HourlyOnly => {
                Self { figures: [*p10, *p25, *p50, *p75, *p90], hourly: true }
            }
            _ => Self { figures: [pay.p10, pay.p25, pay.p50, pay.p75, pay.p90], hourly: false },
        }
    }

    /// Half earn less.
    pub(super) fn middle(&self) -> Figure {
        self.figures[2]
    }

    /// A figure in its own unit, which the reader finds at the head of the row or after it.
    fn words(&self, figure: Figure, reader: Reader) -> String {
        if self.hourly { reader.figure(figure, |value| reader.cents(value)) } else { words(figure, reader) }
    }

    /// The middle, with its unit where that is not the year.
    pub(super) fn middle_words(&self, reader: Reader) -> String {
        let said = self.words(self.middle(), reader);
        match bound(self.middle()) {
            Some(_) if self.hourly => fill(&reader.words.pay.an_hour, &[("value", &said)]),
            _ => said,
        }
    }
}

/// Pay at a place under the name that stands at the head of its row.
pub(super) fn row(pay: &PayAtPlace, name: &str, reader: Reader) -> CareerPayRow {
    let shown = Shown::of(pay);
    let figure = |figure: Figure| PayFigure {
        text: shown.words(figure, reader),
        value: match figure {
            Figure::Value { value } if !shown.hourly => Some(value),
            _ => None,
        },
    };
    // Where too few were asked, the ends are not shown; an end that is missing anyway keeps its own reason.
    let end = |end: Figure| match bound(end) {
        Some(_) if pay.too_few => PayFigure { text: reader.words.pay.too_few.clone(), value: None },
        _ => figure(end),
    };
    let place =
        if shown.hourly { fill(&reader.words.pay.by_hour, &[("place", name)]) } else { name.to_owned() };
    let [p10, p25, p50, p75, p90] = shown.figures;
    CareerPayRow { place, p10: end(p10), p25: end(p25), p50: figure(p50), p75: end(p75), p90: end(p90) }
}

/// What the words that stand instead of figures mean, each once.
pub(super) fn remarks<'a>(
    pays: impl Iterator<Item = (&'a PayAtPlace, String)>,
    reader: Reader,
) -> Vec<String> {
    let words = &reader.words.pay;
    let mut said: Vec<String> = Vec::new();
    let mut say = |remark: String| {
        if !said.contains(&remark) {
            said.push(remark);
        }
    };
    for (pay, name) in pays {
        let shown = Shown::of(pay);
        if pay.too_few && bound(shown.middle()).is_some() {
            say(few(pay, &name, reader));
        }
        if shown.hourly {
            say(words.remark_by_hour.clone());
        }
        let [p10, p25, p50, p75, p90] = shown.figures;
        let ends = if pay.too_few { [p50; 4] } else { [p10, p25, p75, p90] };
        for figure in ends.into_iter().chain([p50]) {
            match figure {
                Figure::Value { .. } => {}
                Figure::AtLeast { .. } => say(words.remark_at_least.clone()),
                Figure::HourlyOnly => say(words.remark_hourly_only.clone()),
                Figure::NotPublished => say(words.remark_not_published.clone()),
                Figure::NotRated | Figure::NotProvided => say(words.remark_not_provided.clone()),
            }
        }
    }
    said
}

/// Why the middle stands alone: how few do this there, where that is why.
fn few(pay: &PayAtPlace, name: &str, reader: Reader) -> String {
    let words = &reader.words.pay;
    match pay.employment {
        Figure::Value { value } if value <= FEW_PEOPLE => {
            fill(&words.remark_few_people, &[("place", name), ("n", &whole(value))])
        }
        _ => fill(&words.remark_too_few, &[("place", name)]),
    }
}

/// Who is not counted in the pay figures, and how many they are.
pub(super) fn left_out(career: &Career, reader: Reader) -> String {
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
