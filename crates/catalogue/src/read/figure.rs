//! Published numbers as they are stored: a number, or the word of `data/README.md` that says why there is none, or
//! nothing. Column types of the file let all three stand in one column.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};

use crate::shapes::Figure;

/// A figure as a column holds it.
pub(crate) struct Stored(pub(crate) Figure);

impl FromSql for Stored {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let figure = match value {
            ValueRef::Null => Figure::NotProvided,
            ValueRef::Real(value) => Figure::Value { value },
            ValueRef::Text(_) => word(value.as_str()?).ok_or(FromSqlError::InvalidType)?,
            ValueRef::Integer(_) | ValueRef::Blob(_) => return Err(FromSqlError::InvalidType),
        };
        Ok(Self(figure))
    }
}

fn word(text: &str) -> Option<Figure> {
    match text {
        "not_rated" => Some(Figure::NotRated),
        "not_published" => Some(Figure::NotPublished),
        "hourly_only" => Some(Figure::HourlyOnly),
        _ => Some(Figure::AtLeast { value: text.strip_prefix("at_least:")?.parse().ok()? }),
    }
}

/// The number, or the bound of a top-coded one.
pub(crate) fn bound(figure: Figure) -> Option<f64> {
    match figure {
        Figure::Value { value } | Figure::AtLeast { value } => Some(value),
        Figure::NotPublished | Figure::NotRated | Figure::HourlyOnly | Figure::NotProvided => None,
    }
}

/// Order with the highest first: numbers, a top-coded one before an equal plain one, and the missing last.
pub(crate) fn highest_first(a: Figure, b: Figure) -> std::cmp::Ordering {
    let key = |figure: Figure| (bound(figure), matches!(figure, Figure::AtLeast { .. }));
    let ((a, a_open), (b, b_open)) = (key(a), key(b));
    match (a, b) {
        (Some(a), Some(b)) => b.total_cmp(&a).then(b_open.cmp(&a_open)),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_figures_come_last_and_open_ones_before_equal_ones() {
        let mut figures = [
            Figure::NotPublished,
            Figure::Value { value: 5.0 },
            Figure::AtLeast { value: 5.0 },
            Figure::Value { value: 9.0 },
        ];
        figures.sort_by(|a, b| highest_first(*a, *b));
        assert_eq!(
            figures,
            [
                Figure::Value { value: 9.0 },
                Figure::AtLeast { value: 5.0 },
                Figure::Value { value: 5.0 },
                Figure::NotPublished
            ]
        );
    }
}
