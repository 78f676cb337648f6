//! In which language a refused request is answered, where there is a choice (feature `fluent`).

use http::HeaderMap;
#[cfg(feature = "fluent")]
use http::header;

#[cfg(feature = "fluent")]
use crate::language::Catalogue;
use crate::problem::Problem;

/// The languages that a gate speaks. Without the feature there is but one, and this takes no room.
pub(super) struct Languages {
    #[cfg(feature = "fluent")]
    catalogue: Option<Catalogue>,
}

impl Languages {
    /// Only the rules' own words.
    pub(super) const ONE: Self = Self {
        #[cfg(feature = "fluent")]
        catalogue: None,
    };

    /// Those of the catalogue.
    #[cfg(feature = "fluent")]
    pub(super) const fn of(catalogue: Catalogue) -> Self {
        Self { catalogue: Some(catalogue) }
    }

    /// The problem in the language that the request asks for.
    ///
    /// Only what is wrong with values is translated: a hidden object must look like one that is not there, and the handler's
    /// own problem of that kind does not pass here.
    pub(super) fn tell(&self, problem: Problem, headers: &HeaderMap) -> Problem {
        #[cfg(feature = "fluent")]
        if let (Some(catalogue), Some(_)) = (&self.catalogue, problem.report()) {
            let lines = headers.get_all(header::ACCEPT_LANGUAGE).iter().filter_map(|line| line.to_str().ok());
            return problem.in_language(&catalogue.accepted_lines(lines));
        }
        #[cfg(not(feature = "fluent"))]
        let _ = headers;
        problem
    }
}
