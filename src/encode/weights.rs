//! Fills the layers of rust-bert with the weights of a safetensors file.

use std::collections::HashMap;
use std::path::Path;

use tch::{Kind, Tensor, nn};

use super::EncodeError;

/// Copies each weight of `file` to the variable of its name; numbers are converted to the variable's type.
///
/// Checkpoints differ in a prefix (`bert.`, `roberta.`, …) and in old names of layer norms (`gamma`, `beta`); both are
/// understood. A pooling layer may be missing, since it is not used.
pub(super) fn load(variables: &nn::VarStore, file: &Path) -> Result<(), EncodeError> {
    let fault = |problem: String| EncodeError::WeightsDoNotFit { path: file.to_owned(), problem };
    let tensors = read_weights(file)?;
    for (name, mut variable) in variables.variables() {
        let Some(tensor) = tensors.get(&plain_name(&name)) else {
            if name.contains("pooler") {
                continue;
            }
            return Err(fault(format!("{name} is missing")));
        };
        if variable.size() != tensor.size() {
            return Err(fault(format!("{name} has shape {:?}, expected {:?}", tensor.size(), variable.size())));
        }
        tch::no_grad(|| variable.f_copy_(tensor)).map_err(|error| fault(format!("{name}: {error}")))?;
    }
    Ok(())
}

/// Gives variables the numbers of others of the same names and shapes, for reading alone.
pub(super) fn copy(variables: &mut nn::VarStore, from: &nn::VarStore) -> Result<(), EncodeError> {
    variables.copy(from).map_err(|error| EncodeError::Failed(error.to_string()))?;
    variables.freeze();
    Ok(())
}

/// Writes variables, in 16 bits, sorted by name.
///
/// # Errors
/// Where the file cannot be written.
pub(super) fn save(variables: &nn::VarStore, file: &Path) -> Result<(), EncodeError> {
    let mut named: Vec<(String, Tensor)> = variables.variables().into_iter().collect();
    named.sort_by(|a, b| a.0.cmp(&b.0));
    let halves: Vec<(String, Tensor)> =
        named.into_iter().map(|(name, tensor)| (name, tensor.to_kind(Kind::Half))).collect();
    Tensor::write_safetensors(&halves, file).map_err(|error| EncodeError::Failed(error.to_string()))
}

/// All weights of a file by their plain names.
pub(super) fn read_weights(file: &Path) -> Result<HashMap<String, Tensor>, EncodeError> {
    let tensors = Tensor::read_safetensors(file)
        .map_err(|error| EncodeError::Malformed { path: file.to_owned(), problem: error.to_string() })?;
    Ok(tensors.into_iter().map(|(name, tensor)| (plain_name(&name), tensor)).collect())
}

/// The name without the family's prefix, layer norms under their present names.
fn plain_name(name: &str) -> String {
    let families = ["bert.", "roberta.", "distilbert.", "electra."];
    let bare = families.iter().find_map(|family| name.strip_prefix(family)).unwrap_or(name);
    let renamed = bare.strip_suffix("LayerNorm.gamma").map(|stem| format!("{stem}LayerNorm.weight"));
    let renamed = renamed.or_else(|| bare.strip_suffix("LayerNorm.beta").map(|stem| format!("{stem}LayerNorm.bias")));
    renamed.unwrap_or_else(|| bare.to_owned())
}

#[cfg(test)]
mod tests {
    use super::plain_name;

    #[test]
    fn prefixes_and_old_names_are_understood() {
        assert_eq!(plain_name("bert.embeddings.LayerNorm.gamma"), "embeddings.LayerNorm.weight");
        assert_eq!(plain_name("embeddings.LayerNorm.beta"), "embeddings.LayerNorm.bias");
        assert_eq!(plain_name("distilbert.transformer.layer.0.ffn.lin1.bias"), "transformer.layer.0.ffn.lin1.bias");
    }
}
