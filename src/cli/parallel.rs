//! Work on many inputs on all cores, with the results in the order of the inputs.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

/// Where the results of one input go, one by one.
pub type Give<'g, T> = dyn FnMut(T) -> anyhow::Result<()> + 'g;

/// Does `work` for each of `inputs` on all cores. What it gives is handed to `take` in the order of the inputs, as
/// it comes, with a `None` when an input is done.
///
/// # Errors
/// The first that `take` gives; what was begun by then is finished and thrown away.
pub fn in_order<I: Sync, T: Send>(
    inputs: &[I],
    work: impl Fn(&I, &mut Give<'_, T>) -> anyhow::Result<()> + Sync,
    mut take: impl FnMut(Option<T>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from).min(inputs.len());
    if cores < 2 {
        return inputs.iter().try_for_each(|input| {
            work(input, &mut |result| take(Some(result)))?;
            take(None)
        });
    }
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..cores {
            let (sender, next, work) = (sender.clone(), &next, &work);
            scope.spawn(move || {
                while let Some((number, input)) = {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    inputs.get(number).map(|input| (number, input))
                } {
                    // Nobody listens any more when `take` has failed.
                    let send = |result| sender.send((number, result)).map_err(|_| anyhow::anyhow!("nobody listens"));
                    if work(input, &mut |result| send(Some(result))).and_then(|()| send(None)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        // What came before its turn.
        let mut waiting: BTreeMap<usize, Vec<Option<T>>> = BTreeMap::new();
        let mut turn = 0;
        for (number, result) in receiver {
            waiting.entry(number).or_default().push(result);
            while let Some(arrived) = waiting.remove(&turn) {
                let done = arrived.last().is_some_and(Option::is_none);
                arrived.into_iter().try_for_each(&mut take)?;
                if !done {
                    break;
                }
                turn += 1;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_their_inputs() {
        let inputs: Vec<u64> = (0..200).collect();
        let uneven = |&n: &u64, give: &mut Give<'_, u64>| {
            (0..n % 7).try_for_each(|k| {
                std::thread::yield_now();
                give(n * 10 + k)
            })
        };
        let mut taken = Vec::new();
        let mut done = 0;
        in_order(&inputs, uneven, |result| {
            match result {
                Some(result) => taken.push(result),
                None => done += 1,
            }
            Ok(())
        })
        .unwrap();
        assert_eq!(taken, inputs.iter().flat_map(|n| (0..n % 7).map(move |k| n * 10 + k)).collect::<Vec<_>>());
        assert_eq!(done, inputs.len());
    }

    #[test]
    fn whoever_takes_can_end_it() {
        let mut taken = 0;
        let ended = in_order(
            &[1, 2, 3],
            |&n, give| give(n),
            |result| {
                taken += usize::from(result.is_some());
                if result == Some(2) { anyhow::bail!("enough") } else { Ok(()) }
            },
        );
        assert!(ended.is_err() && taken == 2);
    }
}
