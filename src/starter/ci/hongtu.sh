#!/bin/sh
# 三家流水线（GitHub Actions、GitLab CI、Gitee Go）都运行这个脚本：取得程序，检查，生成 public。
# 在自己的 Linux 电脑上也能运行：sh ci/hongtu.sh
#
# 程序从哪里来，二选一：
#   一、把 Linux 版的 hongtu 放进 bin 文件夹，和文稿一起提交。最简单，流水线不用上网。
#   二、把它放到流水线够得着的网址（单位的文件服务器、对象存储、发行版附件），在流水线的变量里写
#       HONGTU_URL     那个网址
#       HONGTU_SHA256  程序的校验值，用 sha256sum hongtu 算出来。写了就核对，建议写
# 别的变量，都可以不写：
#   HONGTU_BASE_URL    正式网址，代替 site.yaml 里的
#   HONGTU_REPORT      报告的样子：human 文字（不写就是它），github 标在改动旁边
set -eu

program=bin/hongtu
if [ ! -f "$program" ]; then
    if [ -z "${HONGTU_URL:-}" ]; then
        echo "没有程序：把 Linux 版的 hongtu 放进 bin 文件夹提交，或者在流水线的变量里写 HONGTU_URL。" >&2
        exit 2
    fi
    mkdir -p bin
    curl --fail --silent --show-error --location --output "$program" "$HONGTU_URL"
    if [ -n "${HONGTU_SHA256:-}" ]; then
        echo "$HONGTU_SHA256  $program" | sha256sum --check --status || {
            rm -f "$program"
            echo "下载的程序与校验值不符，没有运行它。" >&2
            exit 2
        }
    fi
fi
chmod +x "$program"

# 给领导看的一页，查出了问题也要有，所以不因它停下
"$program" check --format html --out 体检.html || true
# 有错误就停在这里，不生成，不发布。要连警告也不放过，在后面加上 --deny warnings
"$program" check --format "${HONGTU_REPORT:-human}"
"$program" build --out public ${HONGTU_BASE_URL:+--base-url "$HONGTU_BASE_URL"}
