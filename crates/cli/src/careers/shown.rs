//! `careers show` and `careers compare` as text: the guide in its own words, figures under the contract's names.

use waymark_catalogue::shapes::{
    Block, Career, Figure, HourlyPay, Outlook, PayAtPlace, Relation, Run, Source,
};

use crate::output::{Failure, Output, figure};

/// One career.
pub fn career(career: &Career, output: &mut Output) -> Result<(), Failure> {
    if output.is_json() {
        return output.json(career);
    }
    output.line(&career.title)?;
    output.line(&career.summary)?;
    output.line("")?;
    let mut facts = about(career).to_vec();
    facts.extend(outlook(&career.outlook));
    output.table(&["what", ""], &facts)?;
    output.line("")?;
    let rows: Vec<_> = career.pay.iter().flat_map(pay_rows).collect();
    output.table(&["pay", "unit", "employment", "p10", "p25", "p50", "p75", "p90"], &rows)?;
    for section in &career.guide.sections {
        output.line("")?;
        output.line(&format!("[{}]", section.id))?;
        section.blocks.iter().try_for_each(|block| self::block(block, output))?;
    }
    output.line("")?;
    let row = |source: &Source| {
        let Source { id, release, date, licence, title, .. } = source;
        [id, release, date, licence, title].map(String::clone)
    };
    let sources: Vec<_> = career.sources.iter().map(row).collect();
    output.table(&["source", "release", "date", "licence", "title"], &sources)
}

/// Careers side by side, a column each.
pub fn side_by_side(careers: &[Career], output: &mut Output) -> Result<(), Failure> {
    if output.is_json() {
        return output.json(&careers);
    }
    let columns = careers.iter().map(|career| {
        let mut cells = about(career).to_vec();
        cells.extend(outlook(&career.outlook));
        for pay in &career.pay {
            let place = &pay.place.id;
            cells.push([format!("{place} employment"), figure(pay.employment)]);
            let ends = [("p10", pay.p10), ("p25", pay.p25), ("p75", pay.p75), ("p90", pay.p90)];
            cells.push([format!("{place} p50"), figure(pay.p50)]);
            cells.extend(ends.map(|(name, value)| [format!("{place} {name}"), end(value, pay)]));
            let hourly = pay.hourly.as_ref().map(|hourly| hourly.p50);
            cells.push([format!("{place} hourly p50"), hourly.map(figure).unwrap_or_default()]);
        }
        cells
    });
    let columns: Vec<_> = columns.collect();
    let Some(first) = columns.first() else { return Ok(()) };
    let row = |(at, [name, _]): (usize, &[String; 2])| {
        let cells = columns.iter().map(|column| column.get(at).map_or(String::new(), |cell| cell[1].clone()));
        std::iter::once(name.clone()).chain(cells).collect::<Vec<_>>()
    };
    let rows: Vec<_> = first.iter().enumerate().map(row).collect();
    let titles: Vec<&str> = careers.iter().map(|career| career.title.as_str()).collect();
    output.table(&[&["what"], &titles[..]].concat(), &rows)
}

/// What the career is, and how one gets in. The same lines for every career.
fn about(career: &Career) -> [[String; 2]; 8] {
    let id = |id: &Option<String>| id.clone().unwrap_or_else(|| figure(Figure::NotProvided));
    let relation = match career.relation {
        Relation::Same => "same",
        Relation::Specialty => "specialty",
        Relation::Nearest => "nearest",
    };
    let fields: Vec<&str> = career.fields.iter().map(|field| field.name.as_str()).collect();
    let rows = [
        ("code", career.occupation.code.clone()),
        ("slug", career.slug.clone()),
        ("relation", format!("{relation}: {}", career.occupation.title)),
        ("fields", fields.join(", ")),
        ("education", id(&career.entry.education)),
        ("experience", id(&career.entry.experience)),
        ("training", id(&career.entry.training)),
        ("preparation", career.preparation.map_or_else(|| figure(Figure::NotRated), |zone| zone.to_string())),
    ];
    rows.map(|(name, value)| [name.to_owned(), value])
}

fn outlook(outlook: &Outlook) -> [[String; 2]; 7] {
    let rows = [
        (format!("employment {}", outlook.from), outlook.employment),
        (format!("employment {}", outlook.to), outlook.employment_to),
        ("growth_percent".to_owned(), outlook.growth_percent),
        ("growth_all_percent".to_owned(), outlook.growth_all_percent),
        ("openings".to_owned(), outlook.openings),
        ("replacement".to_owned(), outlook.replacement),
        ("self_employed_percent".to_owned(), outlook.self_employed_percent),
    ];
    rows.map(|(name, value)| [name, figure(value)])
}

/// Pay at a place: a line in dollars a year and, where there is no such figure, one in dollars an hour.
fn pay_rows(pay: &PayAtPlace) -> Vec<[String; 8]> {
    let line = |unit: &str, figures: [Figure; 5]| {
        let [p10, p25, p50, p75, p90] = figures;
        let [p10, p25, p75, p90] = [p10, p25, p75, p90].map(|value| end(value, pay));
        let p50 = figure(p50);
        [pay.place.name.clone(), unit.to_owned(), figure(pay.employment), p10, p25, p50, p75, p90]
    };
    let mut lines = vec![line("year", [pay.p10, pay.p25, pay.p50, pay.p75, pay.p90])];
    if let Some(HourlyPay { p10, p25, p50, p75, p90 }) = pay.hourly {
        lines.push(line("hour", [p10, p25, p50, p75, p90]));
    }
    lines
}

/// A figure beside the middle. Where too few were asked, the middle alone can be told.
fn end(value: Figure, pay: &PayAtPlace) -> String {
    let few = pay.too_few && matches!(value, Figure::Value { .. } | Figure::AtLeast { .. });
    if few { "too few".to_owned() } else { figure(value) }
}

fn block(block: &Block, output: &mut Output) -> Result<(), Failure> {
    match block {
        Block::Paragraph { runs } => output.line(&text(runs)),
        Block::List { items } => items.iter().try_for_each(|runs| output.line(&format!("- {}", text(runs)))),
    }
}

/// Text with the ids of its sources in brackets.
fn text(runs: &[Run]) -> String {
    let run = |run: &Run| match run {
        Run::Text { text } | Run::Strong { text } => text.clone(),
        Run::Source { source } => format!("[{source}]"),
    };
    runs.iter().map(run).collect()
}
