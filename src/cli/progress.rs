//! How far a long run is, for somebody who watches it: on a terminal alone, and gone when the run ends.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// A run that takes less needs no bar.
const LONG: Duration = Duration::from_secs(1);

/// A bar on standard error.
pub struct Progress {
    bar: Option<ProgressBar>,
    begun: Instant,
}

impl Progress {
    /// A bar over `total` documents, which shows itself when the run turns out to be long. There is none in a
    /// pipe, in CI, on a terminal that cannot move its cursor, and for a single document.
    pub fn over(total: usize) -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let watched = std::io::stderr().is_terminal() && !dumb && !set("CI");
        let bar = || {
            let style = ProgressStyle::with_template("{pos} of {len} read {wide_bar} {eta}");
            let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::hidden());
            bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        };
        Self { bar: (watched && total > 1).then(bar), begun: Instant::now() }
    }

    /// One more is read. Where it is spoken of, the bar makes room for what `write` writes to the terminal.
    pub fn step<T>(&self, speaks: bool, write: impl FnOnce() -> T) -> T {
        let Some(bar) = &self.bar else { return write() };
        if bar.is_hidden() && self.begun.elapsed() > LONG {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        let written = if speaks { bar.suspend(write) } else { write() };
        bar.inc(1);
        written
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
