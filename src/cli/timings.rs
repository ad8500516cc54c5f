//! How long the parts of the work take: a table for people, and a trace that Chrome's profiler opens
//! (`chrome://tracing`, or Performance → Load profile in the developer tools).

use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::ThreadId;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::registry::{LookupSpan, Registry};

use crate::phase::{NAME, SPAN};

/// A part of the work that was done.
#[derive(Debug, Clone)]
struct Done {
    name: String,
    thread: ThreadId,
    /// How many parts it is a part of.
    depth: usize,
    begin: Duration,
    end: Duration,
}

/// What was recorded so far.
#[derive(Debug, Clone)]
pub(super) struct Timings {
    start: Instant,
    main: ThreadId,
    done: Arc<Mutex<Vec<Done>>>,
}

impl Timings {
    /// Records from now on, on this thread and on those that it hands work to.
    pub(super) fn record() -> Self {
        let timings = Self::begin();
        // Nothing else in the program listens, so that the place is free.
        let _ = tracing::subscriber::set_global_default(timings.listener());
        timings
    }

    fn begin() -> Self {
        Self {
            start: Instant::now(),
            main: std::thread::current().id(),
            done: Arc::default(),
        }
    }

    fn listener(&self) -> impl tracing::Subscriber + use<> {
        Registry::default().with(Recorder(self.clone()))
    }

    fn done(&self) -> Vec<Done> {
        // A list to which a thread that panicked could not add is still a list.
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner).clone();
        done.sort_by_key(|one| (one.begin, std::cmp::Reverse(one.end)));
        done
    }

    /// The parts that follow one another, with what each takes of the whole.
    pub(super) fn table(&self) -> String {
        let whole = self.start.elapsed();
        let done = self.done();
        let rows = done.iter().filter(|one| one.thread == self.main);
        let mut table = String::new();
        for one in rows {
            row(
                &mut table,
                (one.depth, &one.name),
                one.end.saturating_sub(one.begin),
                whole,
            );
        }
        row(&mut table, (0, "合计"), whole, whole);
        table
    }

    /// All that was recorded, as the trace event format has it (complete events, times in microseconds).
    pub(super) fn trace(&self) -> Value {
        let mut threads = vec![self.main];
        let mut number = |thread: ThreadId| {
            threads.iter().position(|known| *known == thread).unwrap_or_else(|| {
                threads.push(thread);
                threads.len() - 1
            })
        };
        let events = self.done().into_iter().map(|one| {
            json!({
                "name": one.name,
                "cat": SPAN,
                "ph": "X",
                "ts": microseconds(one.begin),
                // So that what lies within another lies there after rounding, too.
                "dur": microseconds(one.end).saturating_sub(microseconds(one.begin)),
                "pid": 1,
                "tid": number(one.thread),
            })
        });
        json!({ "traceEvents": events.collect::<Vec<_>>(), "displayTimeUnit": "ms" })
    }
}

fn microseconds(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

/// One line: the name in a column of Chinese width, milliseconds, a share.
fn row(table: &mut String, (depth, name): (usize, &str), took: Duration, whole: Duration) {
    const WIDTH: usize = 28;
    let name = format!("{}{name}", "  ".repeat(depth));
    let space = " ".repeat(WIDTH.saturating_sub(unicode_width::UnicodeWidthStr::width(name.as_str())));
    let share = took.as_secs_f64() / whole.as_secs_f64().max(f64::MIN_POSITIVE) * 100.0;
    // A string takes all.
    let _ = writeln!(
        table,
        "{name}{space}{:>9.1} 毫秒{share:>6.1}%",
        took.as_secs_f64() * 1000.0
    );
}

/// Listens.
struct Recorder(Timings);

/// A part of the work that is going on.
struct Open {
    name: String,
    depth: usize,
    begin: Duration,
}

impl<S: tracing::Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Recorder {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut name = Name(String::new());
        attributes.record(&mut name);
        if let Some(span) = context.span(id).filter(|span| span.name() == SPAN) {
            span.extensions_mut().insert(Open {
                name: name.0,
                depth: span.scope().skip(1).count(),
                begin: self.0.start.elapsed(),
            });
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let end = self.0.start.elapsed();
        let Some(span) = context.span(&id) else { return };
        let extensions = span.extensions();
        let Some(open) = extensions.get::<Open>() else { return };
        let done = Done {
            name: open.name.clone(),
            thread: std::thread::current().id(),
            depth: open.depth,
            begin: open.begin,
            end,
        };
        let mut all = self.0.done.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(done);
    }
}

/// The name among the fields of a span.
struct Name(String);

impl Visit for Name {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == NAME {
            value.clone_into(&mut self.0);
        }
    }

    fn record_debug(&mut self, _field: &Field, _value: &dyn std::fmt::Debug) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phase::phase;

    fn recorded() -> Timings {
        let timings = Timings::begin();
        tracing::subscriber::with_default(timings.listener(), || {
            let whole = phase("读取");
            drop(phase("走一遍"));
            drop(phase("读文稿"));
            drop(whole);
            drop(phase("检查"));
        });
        timings
    }

    #[test]
    fn the_table_has_the_parts_in_their_order_below_what_they_are_parts_of() {
        let table = recorded().table();
        let names: Vec<&str> = table
            .lines()
            .map(|line| line.split("  ").next().unwrap_or(""))
            .collect();
        let indented: Vec<bool> = table.lines().map(|line| line.starts_with("  ")).collect();
        assert_eq!(indented, [false, true, true, false, false], "{table}");
        assert_eq!((names[0], names[3], names[4]), ("读取", "检查", "合计"));
        let ends: Vec<usize> = table.lines().map(unicode_width::UnicodeWidthStr::width).collect();
        assert!(ends.windows(2).all(|pair| pair[0] == pair[1]), "{table}");
    }

    #[test]
    fn the_trace_has_complete_events_that_lie_within_each_other() {
        let trace = recorded().trace();
        let events = trace["traceEvents"].as_array().unwrap();
        let span = |at: usize| {
            let begin = events[at]["ts"].as_u64().unwrap();
            (begin, begin + events[at]["dur"].as_u64().unwrap())
        };
        assert_eq!(events.len(), 4);
        assert!(events.iter().all(|event| event["ph"] == "X" && event["tid"] == 0));
        assert_eq!(events[1]["name"], "走一遍");
        assert!(span(0).0 <= span(1).0 && span(2).1 <= span(0).1);
    }
}
