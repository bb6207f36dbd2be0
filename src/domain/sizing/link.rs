//! What joins the GPUs of a replica or a training job.

use crate::domain::catalog::Gpu;

/// The slowest link that the GPUs of one replica pass their activations over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// None: one GPU.
    Single,
    /// A switched fabric within a node (NVLink, Infinity Fabric), or a bridge between a pair.
    NvLink,
    /// The bus of one host.
    Pcie,
    /// The network between nodes.
    Nodes,
}

/// GPUs that a bridge joins.
const BRIDGED: u32 = 2;

impl Link {
    /// What joins so many of these GPUs, filling one node after another.
    pub fn between(gpu: &Gpu, gpus: u32) -> Link {
        if gpus <= 1 {
            return Link::Single;
        }
        if gpus > gpu.gpus_of_node() {
            return Link::Nodes;
        }
        let bridged = gpu.has_bridge() && gpus <= BRIDGED;
        if gpu.has_fast_interconnect() || bridged { Link::NvLink } else { Link::Pcie }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalog::Catalog;

    #[test]
    fn the_slowest_link_of_a_replica_is_the_one_it_pays_for() {
        let link = |name: &str, gpus| Link::between(Catalog::builtin().gpu(name).unwrap(), gpus);
        assert_eq!(link("H100 SXM", 1), Link::Single);
        assert_eq!([2, 8].map(|gpus| link("H100 SXM", gpus)), [Link::NvLink; 2]);
        assert_eq!(link("H100 SXM", 16), Link::Nodes);
        assert_eq!(link("GB200 NVL72 (per GPU)", 16), Link::NvLink);
        assert_eq!([2, 4].map(|gpus| link("H100 NVL", gpus)), [Link::NvLink, Link::Pcie]);
        assert_eq!([2, 8].map(|gpus| link("L40S", gpus)), [Link::Pcie; 2]);
        assert_eq!(link("L40S", 16), Link::Nodes);
        // A superchip has one GPU; what joins several is a network.
        assert_eq!(link("GH200", 2), Link::Nodes);
    }
}
