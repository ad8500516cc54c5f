//! What slugs and sort keys must be: places, words with several readings, and properties.

use super::*;
use crate::region::short_name;
use crate::region_names::{CITIES, PROVINCES};
use proptest::prelude::*;

fn assert_slugs(expected: &[(&str, &str)]) {
    for (text, wanted) in expected {
        assert_eq!(slug(text), *wanted, "{text}");
    }
}

#[test]
fn tables_are_sorted_and_count_their_syllables() {
    for table in [PLACES, WORDS] {
        assert!(table.is_sorted_by(|one, next| one.0 < next.0));
        for (word, reading) in table {
            let characters = word.chars().count();
            assert!(characters >= 2, "{word}");
            let syllables: Vec<&str> = reading.split([' ', '-']).collect();
            assert_eq!(syllables.len(), characters, "{word}");
            let plain = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
            assert!(syllables.iter().all(plain), "{word}");
            assert!(word.chars().all(|part| reading_alone(part).is_some()), "{word}");
        }
    }
    assert!(CHARACTERS.is_sorted_by(|one, next| one.0 < next.0));
    assert!(PLACES.len() + WORDS.len() >= 400);
    let twice = |(word, _): &&(&str, &str)| WORDS.binary_search_by_key(word, |(entry, _)| entry).is_ok();
    assert_eq!(PLACES.iter().find(twice), None);
}

#[test]
fn every_reading_of_the_crate_becomes_plain_letters() {
    let han = ('\u{3007}'..='\u{3007}').chain('\u{3400}'..='\u{9fff}');
    for character in han {
        let reading = reading_alone(character).unwrap_or_default();
        let plain = reading.bytes().all(|byte| byte.is_ascii_lowercase());
        assert!(plain, "{character} {reading}");
    }
    assert_eq!(slug("绿色战略〇"), "lvse-zhanlve-ling");
}

#[test]
fn the_words_of_the_issue_are_read_right() {
    assert_slugs(&[
        ("重庆", "chongqing"),
        ("厦门", "xiamen"),
        ("长兴", "changxing"),
        ("蚌埠", "bengbu"),
        ("会计", "kuaiji"),
        ("长三角", "changsanjiao"),
        ("行业", "hangye"),
        ("调研", "diaoyan"),
    ]);
}

#[test]
fn places_are_read_as_their_people_do() {
    assert_slugs(&[
        ("西藏", "xizang"),
        ("陕西", "shaanxi"),
        ("山西", "shanxi"),
        ("西安", "xian"),
        ("长春", "changchun"),
        ("长沙", "changsha"),
        ("长治", "changzhi"),
        ("成都", "chengdu"),
        ("昌都", "changdu"),
        ("佛山", "foshan"),
        ("喀什", "kashi"),
        ("阿勒泰", "aletai"),
        ("锡林郭勒", "xilinguole"),
        ("漯河", "luohe"),
        ("朝阳", "chaoyang"),
        ("单县", "shanxian"),
        ("单于", "chanyu"),
        ("番禺", "panyu"),
        ("六安", "luan"),
        ("亳州", "bozhou"),
        ("东莞", "dongguan"),
        ("乐清", "yueqing"),
        ("乐山", "leshan"),
        ("台州", "taizhou"),
        ("丽水", "lishui"),
        ("尉氏", "weishi"),
        ("尉犁", "yuli"),
        ("仙居", "xianju"),
        ("天台", "tiantai"),
        ("台江", "taijiang"),
        ("鄠邑", "huyi"),
        ("浚县", "xunxian"),
        ("涡阳", "guoyang"),
        ("歙县", "shexian"),
        ("黟县", "yixian"),
        ("盱眙", "xuyi"),
        ("睢宁", "suining"),
        ("邳州", "pizhou"),
        ("溧水", "lishui"),
        ("甪直", "luzhi"),
        ("莘庄", "xinzhuang"),
        ("枞阳", "zongyang"),
        ("郫都", "pidu"),
        ("犍为", "qianwei"),
        ("闵行", "minhang"),
        ("太行山", "taihangshan"),
        ("浒墅关", "xushuguan"),
        ("铅山", "yanshan"),
    ]);
}

#[test]
fn words_of_the_field_are_read_right() {
    assert_slugs(&[
        ("银行行长", "yinhang-hangzhang"),
        ("重点", "zhongdian"),
        ("重阳", "chongyang"),
        ("重复", "chongfu"),
        ("三重一大", "sanzhongyida"),
        ("重走长征路", "chongzou-changzhenglu"),
        ("增长", "zengzhang"),
        ("成长", "chengzhang"),
        ("校长", "xiaozhang"),
        ("部长", "buzhang"),
        ("链长制", "lianzhangzhi"),
        ("传承", "chuancheng"),
        ("传记", "zhuanji"),
        ("参差", "cenci"),
        ("差异", "chayi"),
        ("出差", "chuchai"),
        ("供给", "gongji"),
        ("角色", "juese"),
        ("率先", "shuaixian"),
        ("效率", "xiaolv"),
        ("便宜", "pianyi"),
        ("方便", "fangbian"),
        ("乐队", "yuedui"),
        ("音乐", "yinyue"),
        ("快乐", "kuaile"),
        ("发展", "fazhan"),
        ("理发", "lifa"),
        ("还款", "huankuan"),
        ("三审三校", "sanshensanjiao"),
        ("模具", "muju"),
        ("卡脖子", "qiabozi"),
        ("大厦", "da-sha"),
    ]);
}

#[test]
fn neighbours_do_not_lend_each_other_characters() {
    assert_slugs(&[
        ("完成长期目标", "wancheng-changqi-mubiao"),
        ("上海市长宁路", "shanghai-shi-changning-lu"),
        ("重庆市长寿", "chongqing-shi-changshou"),
        ("进行业务培训", "jinxing-yewu-peixun"),
        ("推进行业自律", "tuijin-hangye-zilv"),
        ("举行业主大会", "juxing-yezhu-dahui"),
        ("跨行政区", "kua-xingzhengqu"),
        ("隆重庆祝", "longzhong-qingzhu"),
        ("红军长征", "hong-jun-changzheng"),
        ("黄河长江", "huanghe-changjiang"),
        ("关于项目的公示", "guanyu-xiangmu-de-gongshi"),
        ("项目目的", "xiangmu-mudi"),
        ("效率先锋", "xiaolv-xianfeng"),
        ("注重构建", "zhuzhong-goujian"),
        ("尊重生命", "zunzhong-shengming"),
        ("成都市", "chengdu-shi"),
        ("成长足迹", "chengzhang-zuji"),
        ("联系紧密", "lianxi-jin-mi"),
        ("党支部长效机制", "dangzhibu-changxiao-jizhi"),
        ("500人参加", "500-ren-canjia"),
        ("学校对口帮扶", "xuexiao-duikou-bangfu"),
        ("强调整改", "qiangdiao-zhenggai"),
        ("工作清单于今日发布", "gong-zuo-qingdan-yu-jin-ri-fabu"),
        ("为了解决问题", "wei-le-jiejue-wen-ti"),
    ]);
}

#[test]
fn every_province_and_city_is_one_word() {
    for (_, name) in PROVINCES.iter().chain(CITIES) {
        let slug = slug(short_name(name));
        assert!(!slug.contains('-'), "{name} {slug}");
    }
}

#[test]
fn what_is_not_han_is_folded() {
    assert_slugs(&[
        ("ＡＢＣ－１２３", "abc-123"),
        ("5G+工业", "5g-gong-ye"),
        ("《红井》（第2期）", "hong-jing-di-2-qi"),
        ("  --a__b--  ", "a-b"),
        ("Café Zürich Straße", "cafe-zurich-strasse"),
        ("Cafe\u{301}", "cafe"),
        ("党\u{200b}建", "dangjian"),
        ("㎡①", "m21"),
        ("2026.07.01", "2026-07-01"),
        ("Привет", "u43f-u440-u438-u432-u435-u442"),
        ("α粒子", "u3b1-li-zi"),
        ("！？…", ""),
        ("", ""),
    ]);
}

#[test]
fn names_that_windows_reserves_are_avoided() {
    assert_slugs(&[
        ("CON", "con-page"),
        ("Aux.", "aux-page"),
        ("ｎｕｌ", "nul-page"),
        ("com1", "com1-page"),
        ("LPT9", "lpt9-page"),
        ("com", "com"),
        ("com10", "com10"),
        ("console", "console"),
    ]);
}

#[test]
fn long_titles_are_cut_at_a_hyphen() {
    let long = slug(&"关于深入开展园区党建联盟工作的通知".repeat(3));
    assert!(long.len() <= MAXIMUM_BYTES && long.len() > MAXIMUM_BYTES - 20);
    assert!(!long.ends_with('-'));
    let whole = slug(&"关于深入开展园区党建联盟工作的通知".repeat(9));
    assert!(whole.starts_with(&format!("{long}-")) || whole == long);
    assert_eq!(slug(&"a".repeat(200)).len(), MAXIMUM_BYTES);
    let exact = format!("{} b", "a".repeat(MAXIMUM_BYTES));
    assert_eq!(slug(&exact), "a".repeat(MAXIMUM_BYTES));
}

#[test]
fn titles_sort_by_number_then_latin_then_pinyin() {
    // 重庆 stands at chong and not at zhong; marks such as “” do not count.
    let expected = [
        "重庆市",
        "重庆一",
        "第",
        "第1期",
        "第02期",
        "第10期",
        "第十期",
        "厦门",
        "“厦门”高新区",
        "厦门市",
    ];
    let mut titles = expected.to_vec();
    titles.reverse();
    titles.sort_by_key(|title| sort_key(title));
    assert_eq!(titles, expected);
    let mut kinds = vec!["安徽", "ABB", "9号", "10号", "abc", "西安", "县"];
    kinds.sort_by_key(|title| sort_key(title));
    assert_eq!(kinds, ["9号", "10号", "ABB", "abc", "安徽", "西安", "县"]);
    // The same characters stand together, and 陕西 is found at shan.
    let mut names = vec!["石家庄", "上海", "市场", "陕西", "石城", "山西"];
    names.sort_by_key(|title| sort_key(title));
    assert_eq!(names, ["山西", "陕西", "上海", "市场", "石城", "石家庄"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn slugs_are_safe_and_stable(
        text in "(\\PC|[\u{4e00}-\u{9fff}]|[长重行会调都乐市的不了A-Za-z0-9 .-]){0,60}"
    ) {
        let slug = slug(&text);
        prop_assert!(slug.len() <= MAXIMUM_BYTES);
        let safe = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        prop_assert!(slug.bytes().all(safe));
        prop_assert!(!slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--"));
        prop_assert!(!is_reserved_by_windows(&slug));
        prop_assert_eq!(&super::slug(&slug), &slug);
        if text.nfkc().any(|character| {
            character.is_alphanumeric() && !is_invisible(character)
        }) {
            prop_assert!(!slug.is_empty());
        }
        let decomposed: String = text.nfd().collect();
        prop_assert_eq!(&super::slug(&decomposed), &slug);
    }

    #[test]
    fn sort_keys_tell_titles_apart(one in "\\PC{0,12}", other in "\\PC{0,12}") {
        let same: bool = one.nfc().eq(other.nfc());
        prop_assert_eq!(sort_key(&one) == sort_key(&other), same);
    }
}
