//! The panels of a figure, read and checked. It must not know the rest of a figure.

use crate::diag;
use crate::figure::Kind;
use crate::manifest::figure::Figure;
use crate::manifest::table::Value;
use crate::manifest::weights;
use crate::spec::source::Span;
use crate::spec::template::{Piece, Placeholder, Template};
use crate::spec::{At, PanelSpec};

const PANEL: [&str; 7] = ["dataset", "measure", "title", "at", "missing", "weight", "better"];

impl Figure<'_, '_, '_, '_> {
    /// The panels of a figure: one, unless its kind has several.
    pub(super) fn panels(&mut self, chart: Option<&'static Kind>) -> Vec<PanelSpec> {
        let table = self.table;
        let dataset = self.dataset(table);
        let at = self.at(table).unwrap_or(At::Latest);
        if chart.is_none_or(|kind| !kind.has_panels) {
            self.reader.require(table, "dataset");
            let place = self.reader.place(table.span);
            let measure = self.measure(table);
            return vec![PanelSpec {
                place,
                places: self.reader.places(table, table.span),
                dataset,
                measure,
                title: Template::default(),
                at,
                missing: None,
                weight: None,
            }];
        }
        if !table.has("panels") {
            let message = "missing `panels`";
            let hint =
                "add `panels = [{ measure = \"stars\", title = \"Stars\" }]`, with one table for each panel";
            self.reader.error_with_hint("missing-key", table.span, message, hint);
        }
        let items = self.reader.elements(table, "panels").unwrap_or_default();
        let panels: Vec<_> = items.iter().filter_map(|item| self.panel(item, dataset, at)).collect();
        weights::check(self.reader, table, chart, &panels);
        panels
    }

    fn panel(&mut self, item: &Value<'_>, dataset: Option<usize>, at: At) -> Option<PanelSpec> {
        let start = Span::from(item.span());
        let table = self.reader.open(item, start, "a panel", &PANEL)?;
        let missing = self.reader.string(&table, "missing").map(|text| text.value);
        let own = self.dataset(&table);
        let dataset = if table.has("dataset") { own } else { dataset.filter(|_| missing.is_none()) };
        if dataset.is_none() && missing.is_none() && !self.table.has("dataset") {
            self.reader.require(&table, "dataset");
        }
        self.reader.require(&table, "measure");
        let measure = self.measure(&table);
        self.reader.require(&table, "title");
        let title = self.template(&table, "title");
        for piece in &title.pieces {
            if let Piece::Value(placeholder, place) = piece
                && **placeholder != Placeholder::Date
            {
                let fault = diag::error(
                    "placeholder-in-panel",
                    "expected no placeholder but `{date}` in a panel's title",
                );
                self.reader.push(fault.at(place.clone()));
            }
        }
        let at = self.at(&table).unwrap_or(at);
        let mut places = self.reader.places(&table, start);
        places.complete(&self.reader.places(self.table, self.table.span));
        let (place, weight) = (self.reader.place(start), weights::read(self.reader, &table));
        Some(PanelSpec { place, places, dataset, measure, title, at, missing, weight })
    }
}
