//! Two rules that hit the same words give one finding: the worse, with the other as a related note.

use super::Finding;
use std::cmp::Reverse;

/// Keeps of overlapping findings the worst, and puts them all in reading order.
pub(super) fn keep_the_worst(findings: &mut Vec<Finding>) {
    // Worst first; of equals the one that marks more words, then the earlier.
    findings.sort_by(|a, b| {
        let length = |f: &Finding| Reverse(f.place.mark.len());
        let order = b.severity.cmp(&a.severity).then(b.weight.total_cmp(&a.weight));
        order.then(length(a).cmp(&length(b))).then(a.place.mark.cmp(&b.place.mark))
    });
    let mut kept: Vec<Finding> = Vec::new();
    for finding in findings.drain(..) {
        let same_words = |other: &&mut Finding| {
            other.place.passage == finding.place.passage && other.place.mark.overlaps(finding.place.mark)
        };
        match kept.iter_mut().find(same_words) {
            Some(worse) if (worse.rule, worse.sense) != (finding.rule, finding.sense) => {
                worse.related.push((finding.rule, finding.sense));
            }
            Some(_) => {}
            None => kept.push(finding),
        }
    }
    kept.sort_by_key(|finding| (finding.place.passage, finding.place.mark));
    *findings = kept;
}
