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
    let chunks: Vec<&[I]> = inputs.chunks((inputs.len() / cores).clamp(1, CHUNK)).collect();
    let (sender, receiver) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..cores {
            let (sender, next, work, chunks) = (sender.clone(), &next, &work, &chunks);
            scope.spawn(move || {
                while let Some((number, inputs)) = {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    chunks.get(number).map(|inputs| (number, inputs))
                } {
                    let mut parcel = Parcel { number, results: Vec::new(), sender: &sender };
                    let done = inputs.iter().try_for_each(|input| {
                        work(input, &mut |result| parcel.add(Some(result)))?;
                        parcel.add(None)
                    });
                    if done.and_then(|()| parcel.send(true)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        // What came before its turn, and whether it is all there is of its chunk.
        let mut waiting: BTreeMap<usize, (Vec<Option<T>>, bool)> = BTreeMap::new();
        let mut turn = 0;
        for (number, results, last) in receiver {
            let arrived = waiting.entry(number).or_default();
            arrived.0.extend(results);
            arrived.1 = last;
            while let Some((arrived, last)) = waiting.remove(&turn) {
                arrived.into_iter().try_for_each(&mut take)?;
                if !last {
                    break;
                }
                turn += 1;
            }
        }
        Ok(())
    })
}

/// Inputs that one core takes at a time: small files are many, and handing over costs as much as reading one.
const CHUNK: usize = 16;
/// Results that are handed over at once at the latest: one file may give thousands.
const PARCEL: usize = 64;

/// Results of one chunk on their way, with the number of the chunk and whether they are its last.
type Parcels<T> = mpsc::Sender<(usize, Vec<Option<T>>, bool)>;

/// Results of one chunk that are handed over together.
struct Parcel<'s, T> {
    number: usize,
    results: Vec<Option<T>>,
    sender: &'s Parcels<T>,
}

impl<T> Parcel<'_, T> {
    fn add(&mut self, result: Option<T>) -> anyhow::Result<()> {
        self.results.push(result);
        if self.results.len() < PARCEL { Ok(()) } else { self.send(false) }
    }

    /// Fails when nobody listens any more, as `take` has failed.
    fn send(&mut self, last: bool) -> anyhow::Result<()> {
        let results = std::mem::take(&mut self.results);
        self.sender.send((self.number, results, last)).map_err(|_| anyhow::anyhow!("nobody listens"))
    }
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
