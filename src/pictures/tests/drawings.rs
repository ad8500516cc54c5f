//! Vector drawings: how large they are, and what they may not do.

use super::super::VectorDangerKind::{
    AnimatedLink, Entity, EventHandler, ExternalReference, ForeignContent, Script, ScriptLink,
};
use super::super::{Format, PictureProblem, Recipe, VectorDangerKind, inspect, variants};

fn size(svg: &str) -> (u32, u32) {
    let facts = inspect(svg.as_bytes()).unwrap();
    assert_eq!(facts.format, Format::Svg);
    (facts.width, facts.height)
}

fn dangers(svg: &str) -> Vec<VectorDangerKind> {
    match inspect(svg.as_bytes()) {
        Err(PictureProblem::UnsafeVector { dangers }) => dangers.iter().map(|danger| danger.kind).collect(),
        other => panic!("{svg}: {other:?}"),
    }
}

#[test]
fn the_size_is_the_drawings_own() {
    for (attributes, expected) in [
        ("width='120' height='80'", (120, 80)),
        ("width='120px' height='80.4px'", (120, 80)),
        ("width='1in' height='25.4mm'", (96, 96)),
        ("viewBox='0 0 64 48'", (64, 48)),
        ("viewBox='0,0,64,48' width='128'", (128, 96)),
        ("viewBox='0 0 64 48' height='24'", (32, 24)),
        ("width='100%' height='100%' viewBox='-5 -5 10 20'", (10, 20)),
        ("width='-1' height='nan'", (300, 150)),
        ("width='0.2' height='1e30'", (1, 100_000)),
        ("", (300, 150)),
    ] {
        assert_eq!(
            size(&format!("<svg xmlns='http://www.w3.org/2000/svg' {attributes}/>")),
            expected,
            "{attributes}"
        );
    }
}

#[test]
fn ordinary_drawings_pass_unchanged() {
    let drawing = "\u{FEFF}<?xml version='1.0' encoding='UTF-8' standalone='no'?>\n<!-- made by hand -->\n\
        <!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd'>\n\
        <svg:svg xmlns:svg='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='10' height='5'>\
        <style>.a { fill: url(#g); font-family: '\\5FAE\\8F6F' } @font-face { src: url(data:font/woff2;base64,AA) }</style>\
        <svg:linearGradient id='g'/><rect fill='url(#g)' transform='rotate(3)' only_selected='true'/>\
        <use xlink:href='#g'/><image href='data:image/png;base64,iVBORw0='/><text>党建 &amp; 园区 &#x7EA2; on a&lt;b</text>\
        <metadata><rdf:RDF rdf:about='http://example.com/'/></metadata></svg:svg>\n";
    assert_eq!(size(drawing), (10, 5));
    let made = variants(drawing.as_bytes(), &Recipe::default()).unwrap();
    assert_eq!(made.len(), 1);
    assert_eq!(made[0].bytes, drawing.as_bytes());
}

#[test]
fn what_does_more_than_draw_is_named() {
    for (content, expected) in [
        ("<script>alert(1)</script>", Script),
        ("<x:script xmlns:x='http://www.w3.org/2000/svg'/>", Script),
        ("<g onload='a()'/>", EventHandler),
        ("<g onClick='a()'/>", EventHandler),
        ("<a href='javascript:a()'/>", ScriptLink),
        ("<a xlink:href=' JavaScript:a()'/>", ScriptLink),
        ("<a href='&#106;avascript:a()'/>", ScriptLink),
        ("<a href='java&#10;script:a()'/>", ExternalReference),
        ("<image href='http://example.com/x.png'/>", ExternalReference),
        ("<image href='//example.com/x.png'/>", ExternalReference),
        ("<image href='photo.png'/>", ExternalReference),
        ("<use href='data:image/svg+xml,x'/>", ExternalReference),
        ("<g fill='url(http://example.com/#a)'/>", ExternalReference),
        ("<g style='fill: URL( \"http://example.com/#a\")'/>", ExternalReference),
        ("<g style='fill:u\\72l(http://example.com/#a)'/>", ExternalReference),
        ("<g style='fill:&#117;rl(http://example.com/#a)'/>", ExternalReference),
        ("<style>@import 'x.css';</style>", ExternalReference),
        ("<style><![CDATA[@import 'x.css';]]></style>", ExternalReference),
        ("<style>a{b:image-set('x.png' 1x)}</style>", ExternalReference),
        ("<g xml:base='http://example.com/'/>", ExternalReference),
        ("<?xml-stylesheet href='x.css'?>", ExternalReference),
        ("<foreignObject/>", ForeignContent),
        ("<h:iframe xmlns:h='http://www.w3.org/1999/xhtml'/>", ForeignContent),
        ("<set attributeName='href' to='x'/>", AnimatedLink),
        ("<animate attributeName='xlink:href' values='x'/>", AnimatedLink),
        ("<set attributeName='onclick' to='x'/>", AnimatedLink),
        ("<g fill='&own;'/>", Entity),
        ("<text>&own;</text>", Entity),
    ] {
        assert_eq!(dangers(&format!("<svg>{content}</svg>")), [expected], "{content}");
    }
    assert_eq!(dangers("<!DOCTYPE svg [<!ENTITY own '>'>]><svg/>"), [Entity]);
}

#[test]
fn dangers_stand_where_they_are() {
    let drawing = "\u{FEFF}<svg><g onload='a()'/><script/></svg>";
    let Err(PictureProblem::UnsafeVector { dangers }) = inspect(drawing.as_bytes()) else {
        panic!()
    };
    let places: Vec<usize> = dangers.iter().map(|danger| danger.offset).collect();
    assert_eq!(
        places,
        [drawing.find("onload").unwrap(), drawing.find("<script").unwrap()]
    );
    assert_eq!(
        variants(drawing.as_bytes(), &Recipe::default()),
        Err(PictureProblem::UnsafeVector { dangers })
    );
}

#[test]
fn findings_have_an_end() {
    assert_eq!(dangers(&format!("<svg>{}</svg>", "<script/>".repeat(5000))).len(), 50);
}

#[test]
fn what_is_not_well_formed_is_refused() {
    for broken in [
        "<svg",
        "<svg width=5/>",
        "<svg width='5/>",
        "<svg/><!-- ",
        "<svg><![CDATA[",
        "<svg a='1'b='2'/>",
        "< svg/>",
        "<?xml version='1.0' encoding='gbk'?><svg><text>\u{7EA2}</text></svg>",
    ] {
        assert_eq!(
            inspect(broken.as_bytes()),
            Err(PictureProblem::Malformed { format: Format::Svg }),
            "{broken}"
        );
    }
    assert_eq!(
        inspect(b"<svg>\xB9\xFA</svg>"),
        Err(PictureProblem::Malformed { format: Format::Svg })
    );
}
