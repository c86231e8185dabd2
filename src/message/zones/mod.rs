//! Whose words are these: divides a passage into [`Zone`](super::Zone)s.

use super::Zone;
use crate::decode::Region;

/// Divides `text` into zones. `regions` is what the markup said, empty for plain text.
///
/// Zones come in order, do not overlap and do not include the line ends between them of necessity;
/// bytes in no zone (blank lines, attribution lines) belong to nobody.
#[must_use]
pub fn divide(_text: &str, _regions: &[Region]) -> Vec<Zone> {
    Vec::new()
}
