//! Charts as SVG, drawn by `plotters`: lines over days, a fan of deciles, bars. Must not be added: a figure that the table
//! below the chart does not have.

use plotters::coord::Shift;
use plotters::prelude::*;
use std::fmt::Display;

/// Width and height in points of the SVG.
const SIZE: (u32, u32) = (900, 360);
const BLUE: RGBColor = RGBColor(37, 99, 174);
const RED: RGBColor = RGBColor(163, 59, 32);
const GREEN: RGBColor = RGBColor(42, 120, 82);
const GREY: RGBColor = RGBColor(74, 83, 92);

/// The colours of lines, in turns.
const COLOURS: [RGBColor; 3] = [BLUE, RED, GREEN];

/// One line of a chart.
pub struct Line {
    /// Its name, shown where there are several.
    pub name: String,
    /// Its points, in order.
    pub points: Vec<(f64, f64)>,
}

/// A band between two lines.
pub struct Fan {
    /// The lower edge.
    pub low: Vec<(f64, f64)>,
    /// The upper edge.
    pub high: Vec<(f64, f64)>,
}

/// What stands at the axes.
pub struct Axes<'a> {
    /// Below.
    pub x: &'a str,
    /// At the left.
    pub y: &'a str,
    /// The text of a place below.
    pub x_text: &'a dyn Fn(f64) -> String,
}

/// Lines over a common axis, with bands behind them.
pub fn lines(lines: &[Line], fans: &[Fan], axes: &Axes<'_>) -> String {
    draw(|root| {
        let all = lines.iter().flat_map(|line| &line.points);
        let all: Vec<(f64, f64)> =
            all.chain(fans.iter().flat_map(|fan| fan.low.iter().chain(&fan.high))).copied().collect();
        let (x, y) =
            (range(all.iter().map(|point| point.0)), range(all.iter().map(|point| point.1).chain([0.0])));
        let mut chart = ChartBuilder::on(root)
            .margin(10)
            .x_label_area_size(44)
            .y_label_area_size(84)
            .build_cartesian_2d(x.0..x.1, y.0..y.1)?;
        chart
            .configure_mesh()
            .x_desc(axes.x)
            .y_desc(axes.y)
            .x_labels(8)
            .y_labels(6)
            .x_label_formatter(&|x| (axes.x_text)(*x))
            .y_label_formatter(&|y| short(*y))
            .label_style(("sans-serif", 13).into_font().color(&GREY))
            .axis_desc_style(("sans-serif", 13).into_font().color(&GREY))
            .light_line_style(WHITE)
            .bold_line_style(RGBColor(228, 232, 236))
            .draw()?;
        for fan in fans {
            let edge = fan.low.iter().copied().chain(fan.high.iter().rev().copied());
            chart.draw_series([Polygon::new(edge.collect::<Vec<_>>(), BLUE.mix(0.16))])?;
        }
        for (line, colour) in lines.iter().zip(COLOURS.iter().cycle()) {
            let style = colour.stroke_width(2);
            let drawn = chart.draw_series(LineSeries::new(line.points.iter().copied(), style))?;
            if lines.len() > 1 {
                drawn.label(&line.name).legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], style));
            }
        }
        if lines.len() > 1 {
            chart
                .configure_series_labels()
                .position(SeriesLabelPosition::UpperLeft)
                .background_style(WHITE.mix(0.9))
                .border_style(RGBColor(212, 217, 222))
                .label_font(("sans-serif", 13).into_font().color(&GREY))
                .draw()?;
        }
        Ok(())
    })
}

/// Points, some of them dark.
pub fn scatter(all: &[(f64, f64)], dark: &[(f64, f64)], axes: &Axes<'_>) -> String {
    draw(|root| {
        let (x, y) = (range(all.iter().map(|point| point.0)), range(all.iter().map(|point| point.1)));
        let mut chart = ChartBuilder::on(root)
            .margin(10)
            .x_label_area_size(44)
            .y_label_area_size(84)
            .build_cartesian_2d(x.0..x.1, y.0..y.1)?;
        chart
            .configure_mesh()
            .x_desc(axes.x)
            .y_desc(axes.y)
            .x_label_formatter(&|x| (axes.x_text)(*x))
            .y_label_formatter(&|y| short(*y))
            .label_style(("sans-serif", 13).into_font().color(&GREY))
            .axis_desc_style(("sans-serif", 13).into_font().color(&GREY))
            .light_line_style(WHITE)
            .bold_line_style(RGBColor(228, 232, 236))
            .draw()?;
        chart.draw_series(all.iter().map(|point| Circle::new(*point, 3, BLUE.mix(0.3).filled())))?;
        chart.draw_series(dark.iter().map(|point| Circle::new(*point, 4, RED.filled())))?;
        Ok(())
    })
}

/// One bar for each name, from the top down, with its value written behind it.
pub fn bars(bars: &[(String, f64)], x: &str) -> String {
    draw(|root| {
        let most = bars.iter().map(|bar| bar.1).fold(1.0, f64::max);
        let rows = i32::try_from(bars.len()).expect("few");
        let mut chart = ChartBuilder::on(root)
            .margin(10)
            .x_label_area_size(44)
            .y_label_area_size(230)
            .build_cartesian_2d(0.0..most * 1.15, (0..rows).into_segmented())?;
        let name = |place: &SegmentValue<i32>| match place {
            SegmentValue::CenterOf(row) => usize::try_from(rows - 1 - row)
                .ok()
                .and_then(|row| bars.get(row))
                .map_or(String::new(), |bar| bar.0.clone()),
            _ => String::new(),
        };
        chart
            .configure_mesh()
            .disable_y_mesh()
            .x_desc(x)
            .y_labels(bars.len())
            .y_label_formatter(&name)
            .label_style(("sans-serif", 13).into_font().color(&GREY))
            .axis_desc_style(("sans-serif", 13).into_font().color(&GREY))
            .light_line_style(WHITE)
            .bold_line_style(RGBColor(228, 232, 236))
            .draw()?;
        for (row, (_, value)) in (0..rows).rev().zip(bars) {
            let corners = [(0.0, SegmentValue::Exact(row)), (value.max(0.0), SegmentValue::Exact(row + 1))];
            let mut bar = Rectangle::new(corners, BLUE.filled());
            bar.set_margin(5, 5, 0, 0);
            chart.draw_series([bar])?;
            let text = ("sans-serif", 13).into_font().color(&GREY);
            chart.draw_series([Text::new(
                format!(" {value:.2}"),
                (value.max(0.0), SegmentValue::CenterOf(row)),
                text,
            )])?;
        }
        Ok(())
    })
}

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Drawn<'a> = Result<(), DrawingAreaErrorKind<<SVGBackend<'a> as DrawingBackend>::ErrorType>>;

fn draw(paint: impl for<'a> FnOnce(&Area<'a>) -> Drawn<'a>) -> String {
    let mut svg = String::new();
    {
        let root = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
        let drawn = root.fill(&WHITE).and_then(|()| paint(&root)).and_then(|()| root.present());
        drawn.expect("a text takes whatever is drawn");
    }
    svg
}

/// From the least to the most, never empty.
fn range(figures: impl Iterator<Item = f64>) -> (f64, f64) {
    let finite = figures.filter(|figure| figure.is_finite());
    let (least, most) = finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), figure| {
        (least.min(figure), most.max(figure))
    });
    if least > most {
        (0.0, 1.0)
    } else if most - least < f64::EPSILON * most.abs().max(1.0) {
        (least, least + 1.0)
    } else {
        (least, most)
    }
}

/// A figure with as few digits as an axis needs.
pub fn short(figure: f64) -> String {
    fn trimmed(figure: f64, unit: impl Display) -> String {
        let text = format!("{figure:.2}");
        format!("{}{unit}", text.trim_end_matches('0').trim_end_matches('.'))
    }
    match figure.abs() {
        size if size >= 1e9 => trimmed(figure / 1e9, "G"),
        size if size >= 1e6 => trimmed(figure / 1e6, "M"),
        size if size >= 1e4 => trimmed(figure / 1e3, "k"),
        _ => trimmed(figure, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_have_few_digits_and_ranges_are_never_empty() {
        let texts = [0.0, 0.25, 1_500.0, 15_000.0, 2_500_000.0, 3e9].map(short);
        assert_eq!(texts, ["0", "0.25", "1500", "15k", "2.5M", "3G"]);
        assert_eq!(range([].into_iter()), (0.0, 1.0));
        assert_eq!(range([2.0, 2.0].into_iter()), (2.0, 3.0));
        assert_eq!(range([f64::NAN, 1.0, 2.0].into_iter()), (1.0, 2.0));
    }

    #[test]
    fn charts_are_svg_with_their_words() {
        let line = Line { name: "price".into(), points: vec![(0.0, 1.0), (1.0, 2.0)] };
        let fan = Fan { low: vec![(0.0, 0.5), (1.0, 1.0)], high: vec![(0.0, 2.0), (1.0, 3.0)] };
        let svg = lines(&[line], &[fan], &Axes { x: "day 天", y: "yuan 元", x_text: &short });
        assert!(svg.starts_with("<svg ") && svg.contains("yuan 元") && svg.contains("<polyline"), "{svg}");
        let svg = bars(&[("stores 门店".into(), 80.0), ("pool 盈利池".into(), 16.0)], "of 100 yuan");
        assert!(svg.contains("stores 门店") && svg.contains("80.00"), "{svg}");
        assert!(!lines(&[], &[], &Axes { x: "", y: "", x_text: &short }).is_empty());
    }
}
