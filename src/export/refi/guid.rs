//! Names of things that stay the same from export to export.

use uuid::Uuid;

/// The namespace of all names below.
const NAMESPACE: Uuid = Uuid::from_u128(0x2f6c_1d0e_5b1f_5c57_9c8a_7d3e_41b6_90aa);

/// The GUID (UUID version 5) of a thing that is named by these parts. The same parts, the same GUID.
pub(super) fn guid(parts: &[&str]) -> String {
    let name: Vec<String> = parts.iter().map(|part| format!("{}:{part}", part.len())).collect();
    Uuid::new_v5(&NAMESPACE, name.concat().as_bytes()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_stable_and_told_apart() {
        assert_eq!(guid(&["ring", "huerde"]), "157398c5-d081-5b38-945e-84ff80227a8e");
        assert_ne!(guid(&["a", "bc"]), guid(&["ab", "c"]));
    }
}
