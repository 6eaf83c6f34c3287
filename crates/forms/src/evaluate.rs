//! What conditions and expressions come to, on the answers that stand before them. Total: a name without an answer
//! simply has none, and what rests on it has no value.

use std::borrow::Cow;
use std::collections::HashMap;

use jiff::civil::Date;

use crate::answer::{self, Reading};
use crate::count::count;
use crate::pack::{AnswerKind, Condition, Expression, Question};

/// What is seen of the questions and groups of one place, by id (`question`, `question.field`, `group`).
pub(crate) type Known<'a> = HashMap<Cow<'a, str>, Seen<'a>>;

/// What is seen of one question or group.
#[derive(Debug)]
pub(crate) enum Seen<'a> {
    /// Not asked: what it hides keeps its letters and loses its voice.
    Hidden,
    /// An answer, which may be blank.
    Answer(&'a Question, Reading<'a>),
    /// To be answered on the target's own page.
    Elsewhere,
    /// A question of several fields, and whether any of them is answered.
    Fields(bool),
    /// A value that was worked out.
    Computed(Option<Worth>),
    /// The items of a group.
    Items(Vec<Known<'a>>),
}

/// What an expression comes to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Worth {
    Number(f64),
    Date(Date),
    Text(String),
    Truth(bool),
}

/// Where names are looked for: in the item (or, outside of groups, in the form), and then in the form.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'k, 'a> {
    pub(crate) own: &'k Known<'a>,
    pub(crate) outer: Option<&'k Known<'a>>,
}

impl<'k, 'a> Scope<'k, 'a> {
    fn seen(self, name: &str) -> Option<&'k Seen<'a>> {
        self.own.get(name).or_else(|| self.outer.and_then(|outer| outer.get(name)))
    }

    /// The scope of an item of a group that is seen from here.
    fn within(self, item: &'k Known<'a>) -> Scope<'k, 'a> {
        Scope { own: item, outer: Some(self.outer.unwrap_or(self.own)) }
    }
}

/// Whether something is asked: what it is shown under holds, what it is passed over under does not.
pub(crate) fn asked(show_if: Option<&Condition>, skip_if: Option<&Condition>, scope: Scope) -> bool {
    show_if.is_none_or(|condition| holds(condition, scope))
        && !skip_if.is_some_and(|condition| holds(condition, scope))
}

/// Whether a condition holds.
pub(crate) fn holds(condition: &Condition, scope: Scope) -> bool {
    match condition {
        Condition::All { all } => all.iter().all(|part| holds(part, scope)),
        Condition::Any { any } => any.iter().any(|part| holds(part, scope)),
        Condition::Not { not } => !holds(not, scope),
        Condition::Is { question, is } => chosen(scope.seen(question), |one| one == is),
        Condition::In { question, among } => {
            chosen(scope.seen(question), |one| among.iter().any(|id| id == one))
        }
        Condition::Answered { answered } => match scope.seen(answered) {
            Some(Seen::Answer(_, reading)) => !matches!(reading, Reading::Blank | Reading::Wrong),
            Some(Seen::Elsewhere) => true,
            Some(Seen::Fields(any)) => *any,
            Some(Seen::Computed(worth)) => worth.is_some(),
            Some(Seen::Items(items)) => !items.is_empty(),
            Some(Seen::Hidden) | None => false,
        },
        Condition::Equal { equal } => compare(equal, scope, std::cmp::Ordering::is_eq),
        Condition::Less { less } => compare(less, scope, std::cmp::Ordering::is_lt),
        Condition::AtMost { at_most } => compare(at_most, scope, std::cmp::Ordering::is_le),
        Condition::More { more } => compare(more, scope, std::cmp::Ordering::is_gt),
        Condition::AtLeast { at_least } => compare(at_least, scope, std::cmp::Ordering::is_ge),
    }
}

/// Whether an answer is, or includes, a value that fits.
fn chosen(seen: Option<&Seen>, fits: impl Fn(&str) -> bool) -> bool {
    match seen {
        Some(Seen::Answer(_, Reading::Text(text))) => fits(text),
        Some(Seen::Answer(_, Reading::Many(chosen))) => chosen.iter().any(|one| fits(one)),
        _ => false,
    }
}

fn compare(pair: &[Expression; 2], scope: Scope, right: fn(std::cmp::Ordering) -> bool) -> bool {
    let [first, second] = pair;
    let (Some(first), Some(second)) = (value(first, scope), value(second, scope)) else { return false };
    let order = match (&first, &second) {
        (Worth::Number(a), Worth::Number(b)) => a.partial_cmp(b),
        (Worth::Date(a), Worth::Date(b)) => Some(a.cmp(b)),
        (Worth::Text(a), Worth::Text(b)) => Some(a.cmp(b)),
        (Worth::Truth(a), Worth::Truth(b)) => Some(a.cmp(b)),
        _ => None,
    };
    order.is_some_and(right)
}

/// What an expression comes to.
pub(crate) fn value(expression: &Expression, scope: Scope) -> Option<Worth> {
    match expression {
        Expression::Number(number) => tidy(*number),
        Expression::Date { date } => answer::date(date).map(Worth::Date),
        Expression::Text { text } => Some(Worth::Text(text.clone())),
        Expression::Answer { answer } => answered(scope.seen(answer)?),
        Expression::Count { count, only } => {
            let items = items_of(count, only.as_deref(), scope).count();
            // No group has so many items that a float would lose one of them.
            #[allow(clippy::cast_precision_loss, reason = "items are counted in thousands at most")]
            tidy(items as f64)
        }
        Expression::Sum { sum, only } => {
            let numbers = items_of(&sum.group, only.as_deref(), scope)
                .filter_map(|item| number(answered(item.get(sum.question.as_str())?).as_ref()));
            total(numbers)
        }
        Expression::Length { length } => match scope.seen(&length.question) {
            Some(Seen::Answer(_, Reading::Text(text))) => tidy(f64::from(count(length.counting(), text))),
            _ => Some(Worth::Number(0.0)),
        },
        Expression::Add { add } => total(add.iter().filter_map(|part| number(value(part, scope).as_ref()))),
        Expression::Subtract { subtract } => pair(subtract, scope).and_then(|[a, b]| tidy(a - b)),
        Expression::Multiply { multiply } => {
            let numbers: Option<Vec<f64>> =
                multiply.iter().map(|part| number(value(part, scope).as_ref())).collect();
            tidy(numbers?.into_iter().product())
        }
        Expression::Divide { divide } => pair(divide, scope).and_then(|[a, b]| tidy(a / b)),
        Expression::Holds { holds: condition } => Some(Worth::Truth(holds(condition, scope))),
    }
}

/// The items of a group of which a condition holds.
fn items_of<'k, 'a>(
    group: &str,
    only: Option<&'k Condition>,
    scope: Scope<'k, 'a>,
) -> impl Iterator<Item = &'k Known<'a>> {
    let items = match scope.seen(group) {
        Some(Seen::Items(items)) => items.as_slice(),
        _ => &[],
    };
    items.iter().filter(move |item| only.is_none_or(|condition| holds(condition, scope.within(item))))
}

/// The value of an answer, by the kind of its question.
fn answered(seen: &Seen) -> Option<Worth> {
    match seen {
        Seen::Computed(worth) => worth.clone(),
        Seen::Answer(question, Reading::Text(text)) => match question.answer {
            AnswerKind::Number { .. } => answer::number(text).and_then(tidy),
            AnswerKind::Date => answer::date(text).map(Worth::Date),
            AnswerKind::Month => answer::month(text).map(Worth::Date),
            AnswerKind::PartialDate => answer::partial_date(text).map(Worth::Date),
            _ => Some(Worth::Text((*text).to_owned())),
        },
        _ => None,
    }
}

fn pair(pair: &[Expression; 2], scope: Scope) -> Option<[f64; 2]> {
    let [first, second] = pair;
    Some([number(value(first, scope).as_ref())?, number(value(second, scope).as_ref())?])
}

fn number(worth: Option<&Worth>) -> Option<f64> {
    match worth {
        Some(Worth::Number(number)) => Some(*number),
        _ => None,
    }
}

/// The sum of what has a value; none where nothing has.
fn total(numbers: impl Iterator<Item = f64>) -> Option<Worth> {
    numbers.reduce(|sum, one| sum + one).and_then(tidy)
}

/// A number without the dust of binary fractions beyond nine places; none where there is no finite one.
fn tidy(number: f64) -> Option<Worth> {
    const PLACES: f64 = 1e9;
    if !number.is_finite() {
        return None;
    }
    let rounded = (number * PLACES).round() / PLACES;
    // What is too large for nine places has no dust.
    let number = if rounded.is_finite() { rounded } else { number };
    // Adding nothing turns a negative zero into a plain one.
    Some(Worth::Number(number + 0.0))
}
