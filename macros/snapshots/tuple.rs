#[derive(Deserialize, Secure)]
struct Point(#[secure(range(max = 90))] u8, #[secure(range(above = -0.5))] f64);
