//! Side tables: a value for each node.

use cranelift_entity::EntityRef;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// A table keyed by nodes that were made one after the other: those of a file, or of a function body. What has not been
/// set has the default value. It takes memory from about the first node set to the last one.
#[derive(Clone, Debug)]
pub struct Table<K, V> {
    /// The index of the node that the first value belongs to.
    first: usize,
    values: Vec<V>,
    default: V,
    key: PhantomData<K>,
}

impl<K: EntityRef, V: Copy + Default> Table<K, V> {
    /// All values between the first and the last one set.
    pub fn values(&self) -> impl Iterator<Item = V> {
        self.values.iter().copied()
    }

    /// The same with their keys.
    pub fn iter(&self) -> impl Iterator<Item = (K, V)> {
        let values = self.values.iter().enumerate();
        values.map(|(at, &value)| (K::new(self.first + at), value))
    }

    /// Makes room in front, as much as there is behind so that it is rarely done, for a node and those after it.
    #[cold]
    fn begin_at(&mut self, index: usize) {
        let first = index - index.min(self.values.len());
        let room = std::iter::repeat_n(self.default, self.first - first);
        self.values.splice(0..0, room);
        self.first = first;
    }
}

impl<K, V: Default> Default for Table<K, V> {
    fn default() -> Self {
        Self {
            first: 0,
            values: Vec::new(),
            default: V::default(),
            key: PhantomData,
        }
    }
}

impl<K: EntityRef, V: Copy + Default> Index<K> for Table<K, V> {
    type Output = V;

    #[inline]
    fn index(&self, key: K) -> &V {
        let at = key.index().wrapping_sub(self.first);
        self.values.get(at).unwrap_or(&self.default)
    }
}

impl<K: EntityRef, V: Copy + Default> IndexMut<K> for Table<K, V> {
    #[inline]
    fn index_mut(&mut self, key: K) -> &mut V {
        if self.values.is_empty() {
            self.first = key.index();
        } else if key.index() < self.first {
            self.begin_at(key.index());
        }
        let at = key.index() - self.first;
        if at >= self.values.len() {
            self.values.resize(at + 1, self.default);
        }
        &mut self.values[at]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use polkago_syntax::ExprId;

    #[test]
    fn any_order_of_keys_gives_the_same() {
        let orders = [[7, 8, 40, 9], [40, 9, 8, 7], [8, 40, 7, 9]];
        for order in orders {
            let mut table: Table<ExprId, u32> = Table::default();
            assert_eq!(table[ExprId::from_u32(3)], 0);
            for index in order {
                table[ExprId::from_u32(index)] = index * 10;
            }
            for index in 0..100 {
                let set = order.contains(&index);
                let value = if set { index * 10 } else { 0 };
                assert_eq!(
                    table[ExprId::from_u32(index)],
                    value,
                    "{index} of {order:?}"
                );
            }
            let set: Vec<_> = table.iter().filter(|&(_, value)| value != 0).collect();
            assert_eq!(set, [7, 8, 9, 40].map(|i| (ExprId::from_u32(i), i * 10)));
            assert_eq!(table.values().max(), Some(400));
        }
    }
}
