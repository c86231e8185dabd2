//! Work on many inputs on all cores, with the results in the order of the inputs.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

/// Does `work` for each of `inputs` on all cores, and hands the results to `take` in their order.
///
/// # Errors
/// The first that `take` gives; what was begun by then is finished and thrown away.
pub fn in_order<I: Sync, T: Send>(
    inputs: &[I],
    work: impl Fn(&I) -> T + Sync,
    mut take: impl FnMut(T) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from).min(inputs.len());
    if cores < 2 {
        return inputs.iter().try_for_each(|input| take(work(input)));
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
                    if sender.send((number, work(input))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut turn = 0;
        for (number, done) in receiver {
            waiting.insert(number, done);
            while let Some(done) = waiting.remove(&turn) {
                take(done)?;
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
