//! Lists of numbers and texts as one run of bytes: each list its length, then its items, least byte first.

/// Puts lists behind one another.
#[derive(Debug, Default)]
pub(super) struct Writer(pub(super) Vec<u8>);

impl Writer {
    fn length(&mut self, length: usize) {
        self.0.extend(u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
    }

    pub(super) fn bytes(&mut self, items: &[u8]) {
        self.length(items.len());
        self.0.extend(items);
    }

    pub(super) fn shorts(&mut self, items: &[u16]) {
        self.length(items.len());
        self.0.extend(items.iter().flat_map(|item| item.to_le_bytes()));
    }

    pub(super) fn numbers(&mut self, items: &[u32]) {
        self.length(items.len());
        self.0.extend(items.iter().flat_map(|item| item.to_le_bytes()));
    }

    pub(super) fn texts<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) {
        let (mut all, mut ends) = (String::new(), vec![0]);
        for text in texts {
            all.push_str(text);
            ends.push(u32::try_from(all.len()).unwrap_or(u32::MAX));
        }
        self.bytes(all.as_bytes());
        self.numbers(&ends);
    }
}

/// Takes lists off again; `None` where the bytes are not what a writer wrote.
#[derive(Debug)]
pub(super) struct Reader<'b>(pub(super) &'b [u8]);

impl<'b> Reader<'b> {
    fn take(&mut self, size: usize) -> Option<&'b [u8]> {
        let (head, rest) = self.0.split_at_checked(size)?;
        self.0 = rest;
        Some(head)
    }

    fn items<const N: usize, T>(&mut self, item: impl Fn([u8; N]) -> T) -> Option<Vec<T>> {
        let length = u32::from_le_bytes(self.take(4)?.try_into().ok()?);
        let bytes = self.take(usize::try_from(length).ok()?.checked_mul(N)?)?;
        Some(bytes.chunks_exact(N).filter_map(|chunk| chunk.try_into().ok()).map(item).collect())
    }

    pub(super) fn bytes(&mut self) -> Option<Vec<u8>> {
        self.items(|[byte]| byte)
    }

    pub(super) fn shorts(&mut self) -> Option<Vec<u16>> {
        self.items(u16::from_le_bytes)
    }

    pub(super) fn numbers(&mut self) -> Option<Vec<u32>> {
        self.items(u32::from_le_bytes)
    }

    pub(super) fn texts(&mut self) -> Option<Texts> {
        let texts = Texts { all: String::from_utf8(self.bytes()?).ok()?, ends: self.numbers()? };
        let ordered = texts.ends.is_sorted() && texts.ends.first() == Some(&0);
        ordered.then_some(texts)
    }

    /// Runs of a list, each from one start to the next.
    pub(super) fn starts(&mut self, runs: usize, items: usize) -> Option<Vec<u32>> {
        let starts = self.numbers()?;
        let whole = starts.len() == runs + 1
            && starts.is_sorted()
            && starts.last().is_some_and(|last| *last as usize == items);
        whole.then_some(starts)
    }
}

/// Many short texts in one.
#[derive(Debug)]
pub(super) struct Texts {
    all: String,
    ends: Vec<u32>,
}

impl Texts {
    pub(super) fn len(&self) -> usize {
        self.ends.len().saturating_sub(1)
    }

    /// A text by its number; empty where there is none.
    pub(super) fn get(&self, at: usize) -> &str {
        let end = |at: usize| self.ends.get(at).map_or(0, |end| *end as usize);
        self.all.get(end(at)..end(at + 1)).unwrap_or_default()
    }

    /// The number of the first text that is not before `sought`, in a sorted list.
    pub(super) fn first_from(&self, sought: &str) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.get(middle) < sought { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// The number of a text in a sorted list.
    pub(super) fn find(&self, sought: &str) -> Option<usize> {
        let at = self.first_from(sought);
        (at < self.len() && self.get(at) == sought).then_some(at)
    }
}

/// One run of a list that is cut by `starts`.
pub(super) fn run<'l, T>(list: &'l [T], starts: &[u32], at: usize) -> &'l [T] {
    let start = |at: usize| starts.get(at).map_or(0, |start| *start as usize);
    list.get(start(at)..start(at + 1)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_back_as_they_went_and_cut_ones_do_not() {
        let mut writer = Writer::default();
        writer.numbers(&[7, u32::MAX]);
        writer.shorts(&[1, 2, 3]);
        writer.texts(["", "año", "z"]);
        let mut reader = Reader(&writer.0);
        assert_eq!(reader.numbers(), Some(vec![7, u32::MAX]));
        assert_eq!(reader.shorts(), Some(vec![1, 2, 3]));
        let texts = reader.texts().unwrap();
        assert_eq!((texts.len(), texts.get(1), texts.find("z"), texts.find("b")), (3, "año", Some(2), None));
        assert_eq!(texts.get(9), "");
        let mut cut = Reader(&writer.0[..10]);
        assert_eq!(cut.numbers(), None);
    }
}
