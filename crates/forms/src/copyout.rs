//! A draft as it is copied out into the target's own pages: in the target's order, under the target's own names.

use serde::Serialize;

use crate::pack::{FormPack, TargetPlace, Text};
use crate::printed::{PrintedAnswer, Printer, Sensitive, joined};
use crate::review::Answers;
use crate::walk::{Asked, Entry, resolve};

/// One answer to copy out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CopiedAnswer {
    /// The target's page on which it goes; none where the pack does not say.
    pub page: Option<Text>,
    /// For an item of a group: what one is called, and its number, from 1.
    pub item: Option<(Text, usize)>,
    /// The answer, under the target's own label where the pack has it.
    pub answer: PrintedAnswer,
}

/// Where a line goes: the target's order, then the place in the form, the item and the order within it.
type Order = (u32, u32, usize, u32);

/// The answers in the order of the target's pages. What has no place there follows in the order of the form, as do the
/// items of a group at the group's place. Hidden questions are left out, and so are sensitive answers that were not
/// ticked and what is to be answered there anyway.
#[must_use]
pub fn copied_out(pack: &FormPack, answers: &Answers, sensitive: Sensitive) -> Vec<CopiedAnswer> {
    let printer = Printer { pack, sensitive };
    let mut lines: Vec<(Order, CopiedAnswer)> = Vec::new();
    let pages = resolve(pack, answers).pages;
    for (at, entry) in (0..).zip(pages.iter().flat_map(|page| &page.entries)) {
        match entry {
            Entry::Question(asked) => {
                let order = (order(asked.question.target.as_ref()), at, 0);
                push(&printer, asked, None, None, order, &mut lines);
            }
            Entry::Group(repeated) if repeated.shown => {
                let group = repeated.group;
                let order = (order(group.target.as_ref()), at);
                for (number, item) in (1..).zip(&repeated.items) {
                    let called = Some((group.item_label.clone(), number));
                    for asked in &item.questions {
                        let order = (order.0, order.1, number);
                        push(&printer, asked, called.as_ref(), group.target.as_ref(), order, &mut lines);
                    }
                }
            }
            Entry::Group(_) => {}
        }
    }
    lines.sort_by_key(|(order, _)| *order);
    lines.into_iter().map(|(_, line)| line).collect()
}

/// Without a place: after everything that has one.
fn order(target: Option<&TargetPlace>) -> u32 {
    target.map_or(u32::MAX, |target| target.order)
}

fn push(
    printer: &Printer,
    asked: &Asked,
    item: Option<&(Text, usize)>,
    around: Option<&TargetPlace>,
    (first, second, third): (u32, u32, usize),
    lines: &mut Vec<(Order, CopiedAnswer)>,
) {
    if asked.elsewhere {
        return;
    }
    for mut answer in printer.answers(asked) {
        let field = asked.fields.iter().find(|field| field.key == answer.key.as_str());
        let own = field.and_then(|field| field.question.target.as_ref());
        let target = own.or(asked.question.target.as_ref());
        if let Some(label) = target.and_then(|target| target.label.as_ref()) {
            // A field without a name of the target's own stands under its question's.
            answer.label = match (own, field) {
                (None, Some(field)) => joined(label, &field.question.label),
                _ => label.clone(),
            };
        }
        let page = target.and_then(|target| target.page.clone());
        let page = page.or_else(|| asked.question.target.as_ref()?.page.clone());
        let page = page.or_else(|| around?.page.clone());
        let place = match (item, own) {
            (None, Some(own)) => (own.order, second, third, 0),
            (None, None) => (first, second, third, 0),
            (Some(_), _) => (first, second, third, order(target)),
        };
        lines.push((place, CopiedAnswer { page, item: item.cloned(), answer }));
    }
}
