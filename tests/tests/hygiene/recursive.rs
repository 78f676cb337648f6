//! Types that hold themselves, and each other.

use std::collections::BTreeMap;

use palisade::prelude::*;

/// A tree.
#[derive(serde::Serialize, serde::Deserialize, Secure)]
#[secure(input, output)]
#[serde(deny_unknown_fields)]
pub struct Tree {
    #[secure(length(max = 4))]
    name: String,
    #[secure(length(max = 4))]
    children: Vec<Self>,
    parent: Option<Box<Self>>,
    #[secure(length(max = 4), keys(length(max = 4)))]
    branches: BTreeMap<String, Branch>,
}

/// A branch of a tree.
#[derive(serde::Serialize, serde::Deserialize, Secure)]
#[secure(input, output)]
#[serde(deny_unknown_fields)]
pub enum Branch {
    /// Another tree.
    Tree(Box<Tree>),
    /// Nothing.
    Bare,
}

/// A chain of anything.
#[derive(serde::Serialize, serde::Deserialize, Secure)]
#[secure(input, output)]
#[serde(deny_unknown_fields)]
pub struct Chain<T> {
    item: T,
    next: Option<Box<Self>>,
}

/// Plants a tree.
#[secure(post = "/trees", public = "a forest", rate = "1/s per ip")]
async fn plant(Json(tree): Json<Tree>) -> Json<Chain<Tree>> {
    Json(Chain { item: tree, next: None })
}

/// Trees.
#[secure(title = "Trees", version = "1.0.0", endpoints(plant))]
pub struct Trees;

#[test]
fn recursion_is_checked_all_the_way_down() {
    let leaf = |name: &str| Tree { name: name.into(), children: vec![], parent: None, branches: BTreeMap::new() };
    let mut tree = leaf("root");
    tree.parent = Some(Box::new(leaf("12345")));
    tree.branches.insert("a".into(), Branch::Tree(Box::new(leaf("12345"))));
    tree.branches.insert("b".into(), Branch::Bare);
    tree.children.push(leaf("12345"));
    let chain = Chain { item: leaf("root"), next: Some(Box::new(Chain { item: tree, next: None })) };
    assert_eq!(
        super::refused(chain),
        ["/next/item/children/0/name", "/next/item/parent/name", "/next/item/branches/a/Tree/name"]
    );
    assert_eq!(Trees::POLICY.title(), "Trees");
}
