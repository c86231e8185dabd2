//! Work on many inputs on all cores, with the results in the order of the inputs.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

/// What becomes of a result.
pub type Take<'t, T> = dyn FnMut(T) -> anyhow::Result<()> + 't;

/// Does `work` for each of `inputs` on all cores, and hands the results to `take` in their order.
///
/// # Errors
/// The first that `take` gives; what was begun by then is finished and thrown away.
pub fn in_order<I: Sync, T: Send>(
    inputs: &[I],
    work: impl Fn(&I) -> T + Sync,
    take: impl FnMut(T) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    each_in_order(inputs, |input, take| take(work(input)), take)
}

/// The same for work that gives several results for an input, handed over one by one.
///
/// # Errors
/// As for [`in_order`].
pub fn each_in_order<I: Sync, T: Send>(
    inputs: &[I],
    work: impl Fn(&I, &mut Take<'_, T>) -> anyhow::Result<()> + Sync,
    mut take: impl FnMut(T) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from).min(inputs.len());
    if cores < 2 {
        return inputs.iter().try_for_each(|input| work(input, &mut take));
    }
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..cores {
            let (sender, next, work) = (sender.clone(), &next, &work);
            scope.spawn(move || {
                let hand_over = |number: usize, done: Option<T>| {
                    sender.send((number, done)).map_err(|_| anyhow::anyhow!("the run has ended"))
                };
                while let Some((number, input)) = {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    inputs.get(number).map(|input| (number, input))
                } {
                    let sent = work(input, &mut |done| hand_over(number, Some(done)));
                    if sent.and_then(|()| hand_over(number, None)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        // What came before its turn; an input is over when nothing follows.
        let mut waiting: BTreeMap<usize, Vec<Option<T>>> = BTreeMap::new();
        let mut turn = 0;
        for (number, done) in receiver {
            waiting.entry(number).or_default().push(done);
            while let Some(arrived) = waiting.remove(&turn) {
                let over = arrived.last().is_some_and(Option::is_none);
                arrived.into_iter().flatten().try_for_each(&mut take)?;
                if !over {
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
        let uneven = |&n: &u64| {
            (0..n % 7).for_each(|_| std::thread::yield_now());
            n
        };
        let mut taken = Vec::new();
        in_order(&inputs, uneven, |n| {
            taken.push(n);
            Ok(())
        })
        .unwrap();
        assert_eq!(taken, inputs);
    }

    #[test]
    fn whoever_takes_can_end_it() {
        let mut taken = 0;
        let ended = in_order(
            &[1, 2, 3],
            |&n| n,
            |n| {
                taken += 1;
                if n == 2 { anyhow::bail!("enough") } else { Ok(()) }
            },
        );
        assert!(ended.is_err() && taken == 2);
    }
}
