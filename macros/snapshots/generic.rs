#[derive(Secure, Default)]
#[serde(default)]
#[secure(crate = crate::shield, output)]
struct Page<'a, T: Default> {
    #[secure(length(max = 100), each(range(min = 1)))]
    items: Vec<T>,
    #[secure(length(max = 9))]
    cursor: Cow<'a, str>,
}
