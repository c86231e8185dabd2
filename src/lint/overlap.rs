//! Two rules that hit the same words give one finding: the worse, with the other as a related note.

use super::{Finding, PassageId};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Keeps of overlapping findings the worst, and puts them all in reading order.
pub(super) fn keep_the_worst(findings: &mut Vec<Finding>) {
    // Worst first; of equals the one that marks more words, then the earlier.
    findings.sort_by(|a, b| {
        let length = |f: &Finding| Reverse(f.place.mark.len());
        let order = b.severity.cmp(&a.severity).then(b.weight.total_cmp(&a.weight));
        order.then(length(a).cmp(&length(b))).then(a.place.mark.cmp(&b.place.mark))
    });
    // What is kept does not overlap, so the one that starts before a mark's end, and last so, is the
    // only one that can overlap the mark's last word; earlier ones are reached by going back.
    let mut kept: BTreeMap<(PassageId, u32), Finding> = BTreeMap::new();
    for finding in findings.drain(..) {
        let (passage, mark) = (finding.place.passage, finding.place.mark);
        let before = kept.range_mut((passage, 0)..(passage, mark.end)).next_back();
        match before.filter(|(_, other)| other.place.mark.overlaps(mark)) {
            Some((_, worse)) => {
                if (worse.rule, worse.sense) != (finding.rule, finding.sense) {
                    worse.related.push((finding.rule, finding.sense));
                }
            }
            None => {
                kept.insert((passage, mark.start), finding);
            }
        }
    }
    findings.extend(kept.into_values());
}
