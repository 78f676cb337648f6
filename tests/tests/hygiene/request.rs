//! Structs that are endpoints: without the prelude, with our crate renamed, made by a macro, with raw names and conditions.

/// Without the prelude.
pub mod no_prelude {
    #![no_implicit_prelude]

    use ::palisade::secure;

    /// Finds notes.
    #[secure(get = "/notes", public = "a board", rate = "1/s per ip", check = FindNotes::fits)]
    #[serde(rename_all = "camelCase")]
    pub struct FindNotes {
        /// How many there may be.
        #[secure(query, range(max = 9))]
        pub most_of_them: ::std::option::Option<u8>,
        /// Which.
        #[secure(header, length(max = 9), required_if(most_of_them.is_none()))]
        #[serde(default)]
        pub first_word: ::std::option::Option<::std::string::String>,
    }

    impl FindNotes {
        const fn fits(&self, _findings: &mut ::palisade::value::Findings<'_>) {
            let _ = self;
        }
    }

    impl ::palisade::input::Handle for FindNotes {
        type Answer = ::palisade::respond::NoContent;

        fn handle(self) -> impl ::std::future::Future<Output = Self::Answer> + ::std::marker::Send {
            ::std::future::ready(::palisade::respond::NoContent)
        }
    }

    /// Notes.
    #[secure(title = "Notes", version = "1.0.0", endpoints(FindNotes))]
    pub struct Notes;
}

/// With our crate under another name, and a rule that is named by path.
pub mod renamed {
    use super::super::house::{self, kit::guard};
    use guard::{input::Handle, respond::NoContent, secure};

    /// Counts.
    #[secure(get = "/counts/{from}", public = "a board", rate = "1/s per ip", open(from, "a count"), crate = guard)]
    pub struct Count {
        /// From here.
        #[secure(path, house::Even)]
        pub from: u32,
        /// To there.
        #[secure(query, greater_than(from))]
        pub to: u32,
    }

    impl Handle for Count {
        type Answer = NoContent;

        async fn handle(self) -> NoContent {
            NoContent
        }
    }

    /// Counts.
    #[secure(title = "Counts", version = "1.0.0", endpoints(Count), crate = guard)]
    pub struct Counts;
}

/// Made by a macro, with raw names, one of two under a condition.
pub mod made {
    use palisade::prelude::*;

    macro_rules! request {
        ($name:ident, $path:literal { $first:ident: $t:ty, $second:ident max $max:expr }) => {
            /// A request.
            #[secure(get = $path, public = "a board", rate = "1/s per ip")]
            pub struct $name {
                #[secure(query)]
                $first: $t,
                #[secure(cookie, length(max = $max), required_if($first > 1))]
                $second: Option<String>,
            }
        };
    }

    request!(Find, "/words" { r#type: u8, r#in max 2 + 2 });

    impl Handle for Find {
        type Answer = NoContent;

        async fn handle(self) -> NoContent {
            drop((self.r#type, self.r#in));
            NoContent
        }
    }

    /// It is not there.
    #[cfg(any())]
    #[secure(get = "/nowhere", public = "a board", rate = "1/s per ip")]
    pub struct Nowhere {
        #[secure(query)]
        missing: Missing,
    }

    /// Words.
    #[secure(title = "Words", version = "1.0.0", endpoints(Find))]
    pub struct Words;
}

#[test]
fn requests_are_named_as_functions_would_be() {
    use palisade::Api as _;
    let endpoints = [
        no_prelude::Notes::POLICY.declared_endpoints()[0],
        renamed::Counts::POLICY.declared_endpoints()[0],
        made::Words::POLICY.declared_endpoints()[0],
    ];
    assert_eq!(endpoints.map(palisade::policy::Endpoint::id), ["find_notes", "count", "find"]);
}
