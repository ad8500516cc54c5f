//! By when columns need something new, as the report shows it: the most urgent first.

use super::{Forecast, Light};
use crate::check::freshness::forecast::{ColumnFreshness, Deadline, State, forecast};
use crate::read::Library;

/// The front page and all columns that are watched.
pub fn of(library: &Library) -> Vec<Forecast> {
    let found = forecast(library);
    let front_page = found.front_page.as_ref().map(of_front_page);
    let columns = found.columns.iter().filter_map(|column| of_column(library, column));
    let mut all: Vec<Forecast> = front_page.into_iter().chain(columns).collect();
    all.sort_by_key(|one| (one.light, one.days_left));
    all
}

fn of_front_page(deadline: &Deadline) -> Forecast {
    Forecast {
        column: "首页".to_owned(),
        newest: deadline.newest.map(|(_, date)| date),
        cycle: deadline.cycle_days,
        due: deadline.due,
        days_left: deadline.days_left,
        light: light_of(deadline.state()).unwrap_or(Light::Green),
    }
}

/// The light of a state; none where nobody watches.
fn light_of(state: State) -> Option<Light> {
    match state {
        State::Fresh => Some(Light::Green),
        State::DueSoon => Some(Light::Yellow),
        State::Overdue | State::Empty => Some(Light::Red),
        State::Unwatched | State::Unpublished => None,
    }
}

fn of_column(library: &Library, column: &ColumnFreshness) -> Option<Forecast> {
    let light = light_of(column.state)?;
    Some(Forecast {
        column: library.columns.get(column.column)?.title.clone(),
        newest: column.newest.map(|(_, date)| date),
        cycle: column.cycle_days?,
        due: column.due,
        days_left: column.days_left,
        light,
    })
}
