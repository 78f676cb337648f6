//! Whether the paths of an API are apart: no two endpoints on one method and path, no two names for one parameter, no two
//! templates that both claim a path with neither being the more specific.
//!
//! Const evaluation is slow and an API may have a thousand endpoints, so nothing here compares all pairs: the endpoints
//! are sorted by hashes, and templates are compared only where their literal beginnings agree.

use super::Endpoint;
use crate::policy::{Message, catalogue::same};

/// More endpoints than this are better split into several APIs; the tables below are of this size.
const LIMIT: usize = 4_096;

#[track_caller]
pub(super) const fn assert_apart(endpoints: &[&Endpoint]) {
    assert_ids(endpoints);
    assert_shapes(endpoints);
    assert_uncrossed(endpoints);
}

/// Hashes with the places they came from, sorted so that equal ones are neighbours.
struct Sorted {
    rows: [(u64, usize); LIMIT],
    count: usize,
}

impl Sorted {
    const EMPTY: Self = Self { rows: [(0, 0); LIMIT], count: 0 };

    #[track_caller]
    const fn push(&mut self, hash: u64, index: usize) {
        if self.count == LIMIT {
            panic!("an API holds at most 4096 endpoints and path parameters: split it");
        }
        self.rows[self.count] = (hash, index);
        self.count += 1;
    }

    /// Heap sort: in place, and never worse than n log n.
    const fn sort(&mut self) {
        let mut start = self.count / 2;
        while 0 < start {
            start -= 1;
            self.sift(start, self.count);
        }
        let mut end = self.count;
        while 1 < end {
            end -= 1;
            self.swap(0, end);
            self.sift(0, end);
        }
    }

    const fn sift(&mut self, mut root: usize, end: usize) {
        loop {
            let mut child = 2 * root + 1;
            if end <= child {
                return;
            }
            if child + 1 < end && self.rows[child].0 < self.rows[child + 1].0 {
                child += 1;
            }
            if self.rows[child].0 <= self.rows[root].0 {
                return;
            }
            self.swap(root, child);
            root = child;
        }
    }

    const fn swap(&mut self, left: usize, right: usize) {
        let row = self.rows[left];
        self.rows[left] = self.rows[right];
        self.rows[right] = row;
    }
}

const START: u64 = 0xcbf2_9ce4_8422_2325;

const fn mix(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(0x0000_0100_0000_01b3)
}

const fn hash(text: &[u8]) -> u64 {
    let mut hash = START;
    let mut at = 0;
    while at < text.len() {
        hash = mix(hash, text[at]);
        at += 1;
    }
    hash
}

/// The hash of a template without the names of its parameters.
const fn shape_hash(path: &[u8]) -> u64 {
    let mut hash = START;
    let mut inside = false;
    let mut at = 0;
    while at < path.len() {
        if path[at] == b'}' {
            inside = false;
        }
        if !inside {
            hash = mix(hash, path[at]);
        }
        if path[at] == b'{' {
            inside = true;
        }
        at += 1;
    }
    hash
}

/// Every pair of neighbours with equal hashes is looked at; a run of equals is looked at pair by pair.
#[track_caller]
const fn assert_ids(endpoints: &[&Endpoint]) {
    let mut sorted = Sorted::EMPTY;
    let mut index = 0;
    while index < endpoints.len() {
        if !endpoints[index].is_broken() {
            sorted.push(hash(endpoints[index].id().as_bytes()), index);
        }
        index += 1;
    }
    sorted.sort();
    let mut at = 1;
    while at < sorted.count {
        let (left, right) = (endpoints[sorted.rows[at - 1].1], endpoints[sorted.rows[at].1]);
        if sorted.rows[at - 1].0 == sorted.rows[at].0 && same(left.id(), right.id()) {
            let twice = same(left.path(), right.path()) && left.method() as u8 == right.method() as u8;
            Message::new(if twice { "the endpoint " } else { "the operation id " })
                .quoted(left.id())
                .text(if twice {
                    " is listed twice: remove one"
                } else {
                    " is taken twice: give one of them another with `id = \"..\"`"
                })
                .panic();
        }
        at += 1;
    }
}

#[track_caller]
const fn assert_shapes(endpoints: &[&Endpoint]) {
    let mut sorted = Sorted::EMPTY;
    let mut index = 0;
    while index < endpoints.len() {
        if !endpoints[index].is_broken() {
            sorted.push(shape_hash(endpoints[index].path().as_bytes()), index);
        }
        index += 1;
    }
    sorted.sort();
    let mut start = 0;
    while start < sorted.count {
        let mut end = start + 1;
        // A run of one path has at most one row for each method, so its pairs are few.
        while end < sorted.count && sorted.rows[end].0 == sorted.rows[start].0 {
            let mut before = start;
            while before < end {
                assert_pair(endpoints[sorted.rows[before].1], endpoints[sorted.rows[end].1]);
                before += 1;
            }
            end += 1;
        }
        start = end;
    }
}

#[track_caller]
const fn assert_pair(left: &Endpoint, right: &Endpoint) {
    if left.method() as u8 == right.method() as u8 {
        Message::new("")
            .quoted(left.id())
            .text(" and ")
            .quoted(right.id())
            .text(" are on the same method and path, ")
            .text(left.method().name())
            .text(" ")
            .quoted(left.path())
            .text(": move one of them")
            .panic();
    }
    if !same(left.path(), right.path()) {
        Message::new("")
            .quoted(left.path())
            .text(" and ")
            .quoted(right.path())
            .text(" are one path under two names: call the parameter the same in ")
            .quoted(left.id())
            .text(" and ")
            .quoted(right.id())
            .panic();
    }
}

/// A segment of a template: where it begins and ends, and whether it is a parameter.
#[derive(Clone, Copy)]
struct Segment {
    start: usize,
    end: usize,
    parameter: bool,
}

impl Segment {
    /// The shape of what came before, and this segment.
    const fn mix(self, mut shape: u64, path: &[u8]) -> u64 {
        shape = mix(shape, b'/');
        if self.parameter {
            return mix(shape, b'{');
        }
        let mut at = self.start;
        while at < self.end {
            shape = mix(shape, path[at]);
            at += 1;
        }
        shape
    }
}

/// The segment that begins at `start`, or `None` past the last.
const fn segment(path: &[u8], start: usize) -> Option<Segment> {
    if path.len() <= start {
        return None;
    }
    let mut end = start;
    while end < path.len() && path[end] != b'/' {
        end += 1;
    }
    Some(Segment { start, end, parameter: start < end && path[start] == b'{' })
}

/// Two templates part where one has a parameter and the other a literal, with one shape before that. So every parameter
/// is filed under the shape before it, and every literal segment looks up who has a parameter in its place.
#[track_caller]
const fn assert_uncrossed(endpoints: &[&Endpoint]) {
    let mut prefixes = Sorted::EMPTY;
    let mut index = 0;
    while index < endpoints.len() {
        let path = endpoints[index].path().as_bytes();
        let (mut shape, mut at) = (START, 0);
        while let Some(segment) = segment(path, at) {
            if segment.parameter {
                prefixes.push(shape, index);
            }
            shape = segment.mix(shape, path);
            at = segment.end + 1;
        }
        index += 1;
    }
    if prefixes.count == 0 {
        return;
    }
    prefixes.sort();
    let mut index = 0;
    while index < endpoints.len() {
        let path = endpoints[index].path().as_bytes();
        let (mut shape, mut at) = (START, 0);
        while let Some(segment) = segment(path, at) {
            // Without a parameter further on, this template is the more specific wherever they meet.
            if !segment.parameter && segment.start < segment.end && has_parameter(path, segment.end) {
                assert_none_crosses(endpoints, &prefixes, shape, index);
            }
            shape = segment.mix(shape, path);
            at = segment.end + 1;
        }
        index += 1;
    }
}

const fn has_parameter(path: &[u8], mut at: usize) -> bool {
    while at < path.len() {
        if path[at] == b'{' {
            return true;
        }
        at += 1;
    }
    false
}

#[track_caller]
const fn assert_none_crosses(endpoints: &[&Endpoint], prefixes: &Sorted, prefix: u64, index: usize) {
    let (mut low, mut high) = (0, prefixes.count);
    while low < high {
        let middle = usize::midpoint(low, high);
        if prefixes.rows[middle].0 < prefix {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    while low < prefixes.count && prefixes.rows[low].0 == prefix {
        let other = endpoints[prefixes.rows[low].1];
        if crosses(endpoints[index].path().as_bytes(), other.path().as_bytes()) {
            Message::new("")
                .quoted(endpoints[index].path())
                .text(" (")
                .quoted(endpoints[index].id())
                .text(") and ")
                .quoted(other.path())
                .text(" (")
                .quoted(other.id())
                .text(") shadow each other: some paths match both, and neither is the more specific; change one")
                .panic();
        }
        low += 1;
    }
}

/// Whether some path matches both, and each has a parameter where the other has a literal.
const fn crosses(left: &[u8], right: &[u8]) -> bool {
    let (mut left_at, mut right_at) = (1, 1);
    let (mut left_wider, mut right_wider) = (false, false);
    loop {
        match (segment(left, left_at), segment(right, right_at)) {
            (None, None) => return left_wider && right_wider,
            (Some(_), None) | (None, Some(_)) => return false,
            (Some(a), Some(b)) => {
                match (a.parameter, b.parameter) {
                    (true, false) => left_wider = true,
                    (false, true) => right_wider = true,
                    (true, true) => {}
                    (false, false) => {
                        if !same_bytes(left, a, right, b) {
                            return false;
                        }
                    }
                }
                left_at = a.end + 1;
                right_at = b.end + 1;
            }
        }
    }
}

const fn same_bytes(left: &[u8], a: Segment, right: &[u8], b: Segment) -> bool {
    if a.end - a.start != b.end - b.start {
        return false;
    }
    let mut at = 0;
    while at < a.end - a.start {
        if left[a.start + at] != right[b.start + at] {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_templates_that_claim_a_common_path_cross() {
        let rows = [
            ("/a/{x}/c", "/a/b/{y}", true),
            ("/a/{x}", "/a/b", false),
            ("/a/{x}/c", "/a/b/c", false),
            ("/a/{x}/c", "/a/b/{y}/d", false),
            ("/{x}/b", "/a/{y}", true),
            ("/a/{x}/c", "/a/{x}/{y}", false),
        ];
        for (left, right, expected) in rows {
            assert_eq!(crosses(left.as_bytes(), right.as_bytes()), expected, "{left} {right}");
        }
    }
}
