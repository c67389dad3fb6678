// What both programs say, in simplified Chinese. No native speaker has checked it yet.
#ifndef CREDENTIAL_PROVIDER_LANGUAGE_ZH_CN_H_
#define CREDENTIAL_PROVIDER_LANGUAGE_ZH_CN_H_

namespace credential_provider {

// As catalogue.h says: an English line, its translation, an empty line. One text, and no table of pointers:
// those would have to be relocated whenever a program starts.
inline constexpr char kZhCn[] = R"zh(
# credential_provider/cli/report.cc, credential_provider/cli/help.cc
error
错误

warning
警告

hint
提示

%1 (in %2)
%1（%2 后）

Usage:
用法:

Flags:
选项:

Examples:
示例:

# credential_provider/base/waiting.cc
waiting for %1
正在等待 %1

# credential_provider/answer/answer_kubectl.cc
stdout is a terminal, and what follows has a private key or token in it; `status` and `doctor` show none
标准输出是终端，而后续输出含有私钥或令牌；`status` 和 `doctor` 不会显示这些内容

# credential_provider/answer/provide_credential.cc
the new credential expires too soon to be stored, by this machine's clock
按本机时钟，新凭证很快到期，无法保存

check that clock
检查该时钟

the credential cannot be stored, so every run will ask for a new one: %1
凭证无法保存，因此每次运行都会申请新凭证：%1

several runs at once will each ask for a credential: %1
同时进行的多次运行将各自申请凭证：%1

the stored credential is used, which expires in %1, because renewing it failed: %2
续期失败，因此使用已保存的凭证，它将在 %1 后到期：%2

# credential_provider/answer/warm_credential.cc
--store none: nothing is stored for it
--store none：不为其保存任何内容

install it anew without --store none
不带 --store none 重新写入

# credential_provider/base/file.cc
a pipe into which nothing came for %1s
管道在 %1 秒内没有数据写入

larger than %1 bytes
超过 %1 字节

check where stdout leads to: it may be closed, or on a disk that is full
检查标准输出的去向：它可能已关闭，或位于已满的磁盘上

# credential_provider/cli/command.cc
this text
显示本帮助

unexpected argument
多余的参数

run `%1`
运行 `%1`

# credential_provider/cli/command_line.cc
no such flag
没有此选项

takes no value
不接受值

needs a value
需要一个值

is empty
为空

not one of %1
不是以下之一：%1

given twice
指定了两次

begins with a ~ that no shell has expanded
以未被 shell 展开的 ~ 开头

give it as `%1 ~/…`, without =, or write $HOME for ~
写成 `%1 ~/…`，不带 =，或用 $HOME 代替 ~

# credential_provider/cli/flag_defaults.cc
others can write it
其他用户可以写入该文件

make it yours alone: `chown` it to yourself, and `chmod go-w` it
使其仅归自己所有：用 `chown` 改为自己所有，并执行 `chmod go-w`

write [defaults], and under it lines such as `region = cn-hangzhou`
写上 [defaults]，并在其下写 `region = cn-hangzhou` 这样的行

[%1]: the only section is [defaults]
[%1]：只能有 [defaults] 这一节

no flag that has a default
不是可设默认值的选项

run `kubeconfig_writer config`, which lists those that have
运行 `kubeconfig_writer config` 可列出有默认值的选项

# credential_provider/cli/flag_defaults.h
take flags as they are typed, without defaults from variables and file
只采用输入的选项，不使用环境变量和文件中的默认值

# credential_provider/cli/help.cc
`%1 COMMAND --help` shows the flags.
`%1 COMMAND --help` 显示各选项。

`%1 COMMAND --help` shows the flags, `%2 version` the version.
`%1 COMMAND --help` 显示各选项，`%2 version` 显示版本。

`%1 COMMAND --help` shows the flags, `%2 version` the version. %3
`%1 COMMAND --help` 显示各选项，`%2 version` 显示版本。%3

did you mean %1?
是不是想输入 %1？

did you mean %1 or %2?
是不是想输入 %1 或 %2？

no command given
未指定命令

no such command
没有此命令

expected one of %1 after it
其后应为以下之一：%1

# credential_provider/cli/listing.h
table, json or yaml (default: table)
table、json 或 yaml（默认值：table）

table, json, yaml or name (default: table)
table、json、yaml 或 name（默认值：table）

table, wide, json, yaml or name: how it is shown (default: table)
显示方式：table、wide、json、yaml 或 name（默认值：table）

# credential_provider/cli/many_at_once.cc
not a number from 1 to %1
不是 1 到 %1 之间的数字

# credential_provider/cli/many_at_once.h
how many are asked about at a time: 1 to 16 (default: 8)
同时查询的数量：1 到 16（默认值：8）

the most calls that are begun in a second: 1 to 100 (default: 30)
每秒最多发起的调用数：1 到 100（默认值：30）

# credential_provider/cli/other_program.cc
not %1_provider
不是 %1_provider

not %1_writer
不是 %1_writer

install both programs again
重新安装两个程序

this is a command of the other program: put %1 beside %2, or install them again
这是另一个程序的命令：将 %1 放在 %2 旁边，或重新安装它们

kubectl ack gives kubectl short-lived credentials for ACK clusters, and keeps the kubeconfig.
kubectl ack 为 kubectl 提供 ACK 集群的短期凭证，并维护 kubeconfig。

It is kubeconfig_writer and credential_provider under one name.
它是 kubeconfig_writer 与 credential_provider 的统一名称。

# credential_provider/cli/prompt.cc
no answer: nothing was done
没有回答：未做任何更改

# credential_provider/cli/self/completion.cc
what the command does, and its flags
命令的作用及其选项

# credential_provider/cli/self/self_commands.h
prints what makes a shell complete commands, flags and names
输出使 shell 补全命令、选项和名称的脚本

Prints the completion script for a shell. The packages install it; to try it: in bash and fish, source what is printed, in zsh put it into a folder of fpath, with an underscore before the program's name as the file's.
输出某个 shell 的补全脚本。软件包会安装它；试用方法：在 bash 和 fish 中 source 所输出的内容，在 zsh 中将其放入 fpath 的某个目录，文件名为下划线加程序名。

completion: needs bash, zsh or fish
completion：需要 bash、zsh 或 fish

Prints what could follow the words, of which the last may be unfinished or empty.
输出这些单词之后可能的内容，最后一个单词可以不完整或为空。

complete: needs at least one word
complete：至少需要一个单词

the defaults that you have set for flags
已为选项设置的默认值

Shows for each flag that can have a default its value and where that comes from: a variable, CREDENTIAL_PROVIDER_REGION for --region, or a line `region = cn-hangzhou` under [defaults] in ~/.config/credential_provider/config. A flag that is typed counts more than a variable, a variable more than the file. Flags that say who asks (--identity, --profile, --role-..., --oidc-...) go together: those of one place are not mixed with those of another. `get` takes none: what decides who asks is in the kubeconfig, where install writes it.
显示每个可设默认值的选项的值及其来源：环境变量（--region 对应 CREDENTIAL_PROVIDER_REGION），或 ~/.config/credential_provider/config 中 [defaults] 下的一行 `region = cn-hangzhou`。输入的选项优先于环境变量，环境变量优先于文件。决定请求者的选项（--identity、--profile、--role-...、--oidc-...）作为一组：一处的选项不与另一处的混用。`get` 不使用默认值：决定请求者的内容在 kubeconfig 中，由 install 写入。

prints the manual page
输出手册页

Prints the manual page in mdoc(7), which `man -l -` shows. The packages install it.
以 mdoc(7) 格式输出手册页，可用 `man -l -` 显示。软件包会安装它。

# credential_provider/commands/doctor_command.cc
configuration: %1, %2, answers in %3
配置：%1，%2，以 %3 应答

plugin policy: %1
插件策略：%1

endpoint: %1
端点：%1

endpoint: %1 (%2)
端点：%1（%2）

endpoint: %1 (%2 is vpc, region %3)
端点：%1（%2 为 vpc，地域 %3）

proxy: %1
代理：%1

proxy: %1 leads to %2
代理：%1 指向 %2

none: NO_PROXY or a loopback address leads past %1
none：因 NO_PROXY 或环回地址而绕过 %1

trust: %1
信任：%1

the authorities in %1
%1 中的证书颁发机构

the system's authorities
系统的证书颁发机构

%1, as set by %2
%1，由 %2 设定

%1, as set by %2 and %3
%1，由 %2 和 %3 设定

network: %1
网络：%1

network: %1 answers
网络：%1 有应答

clock: %1
时钟：%1

unknown: the server does not say what time it is
未知：服务器未给出其时间

clock: %1 from the server's, and 15m are allowed
时钟：与服务器的时钟相差 %1，允许的差值为 15m

set this machine's clock
校准本机时钟

clock: %1 from the server's
时钟：与服务器的时钟相差 %1

identity: %1
身份：%1

sts: %1 knows the caller as %2
sts：%1 识别的调用者为 %2

credential: %1 until %2
凭证：%1，有效期至 %2

a client certificate
客户端证书

a token
令牌

gives a kubeconfig for %1
返回用于 %1 的 kubeconfig

all is well
一切正常

all else is well
其他一切正常

started as %1, which names a version, so an upgrade takes it away
启动路径为 %1，其中含有版本号，因此升级后该路径将不存在

`kubeconfig_writer list` warns when a stanza has that path, and names one that lasts
`kubeconfig_writer list` 会在 exec 配置段使用该路径时发出警告，并给出一个长期有效的路径

walks the path of a run and says where it fails
逐步检查一次运行的过程，指出失败之处

Walks the path of a run, with the arguments of `get`: configuration, plugin policy, network (endpoint, proxy, trust), clock, identity, STS, Container Service, credential, API server, list of namespaces, store. Stops at the first thing that is broken and says what to do about it. Takes and stores no remembered credential.
使用 `get` 的参数逐步检查一次运行的过程：配置、插件策略、网络（端点、代理、信任）、时钟、身份、STS、容器服务、凭证、API Server、命名空间列表、存储。遇到第一个问题即停止，并说明处理方法。不使用也不保存已记住的凭证。

# credential_provider/commands/explain_command.cc
no answer: kubectl does not start it: %1
无应答：kubectl 不会启动它：%1

no answer: %1
无应答：%1

asks that source first whom it stands for, which is not remembered: only then it is known what is stored for that
先向该来源询问它代表谁，该结果尚未记住：此后才能知道为其保存了什么

%1: a new one can be had only with a session that is remembered
%1：只有存在已记住的会话时才能获得新凭证

the sign-in expired %1
登录已于 %1过期

nobody has signed in yet
尚无人登录

identity
身份

source
来源

profile
配置

file
文件

chosen by
选择依据

passed over
已跳过

for
对象

stored
已保存

now
现在

otherwise
否则

last issued
上次签发

changed
变化

who would ask, what is stored, and what would happen now
说明请求者是谁、已保存什么、现在会发生什么

Explains, with the arguments of `get`, what a kubectl would meet now, and does none of it: whether kuberc lets it start this program, who would ask and why (source, profile, sources that were passed over), what is stored, whether that would be served, renewed or replaced and by which rule, when and why the last one was issued, and what differs from what there is for the same cluster. Uses no network and writes nothing. The exit status is 1 when there would be no answer.
使用 `get` 的参数说明 kubectl 现在会遇到的情况，但不实际执行：kuberc 是否允许启动本程序，请求者是谁及其原因（来源、配置、跳过的来源），已保存什么，它会按哪条规则被返回、续期或替换，上一个凭证何时、为何签发，以及与同一集群现有凭证的差异。不使用网络，不写入任何内容。无应答时退出状态为 1。

# credential_provider/commands/forecast_text.cc
that failed %1: %2
该操作失败（%1）：%2

what is stored expired %1
已保存的凭证已于 %1过期

what is stored expires %1, which is less than a command may need
已保存的凭证将于 %1到期，短于一条命令可能需要的时间

what is stored was issued in the future: this machine's clock was set back since
已保存凭证的签发时间在未来：此后本机时钟曾被调回

--store none keeps nothing, so each run asks
--store none 不保存任何内容，因此每次运行都会申请

nothing can be stored, so each run asks: %1
无法保存任何内容，因此每次运行都会申请：%1

what is stored under its name cannot be read: it is torn, or the share of it in memory is gone
以其名称保存的内容无法读取：它不完整，或其在内存中的部分已丢失

nothing is stored for it any more
已不再有为其保存的凭证

nothing is stored for it yet
尚未为其保存凭证

%1: %2 now, %3 then
%1：现在为「%2」，当时为「%3」

nothing was stored for it before
此前没有为其保存凭证

what was stored before was gone
此前保存的凭证已不存在

what was stored had expired, or was about to
已保存的凭证当时已过期或即将过期

the cluster seemed to refuse the one before: the same client asked again
集群似乎拒绝了之前的凭证：同一客户端再次请求

it was renewed in the background before the one before expired
在之前的凭证过期前已在后台续期

install, export or warm asked for it
由 install、export 或 warm 申请

store %1, issued %2, expired %3
存储 %1，%2签发，%3过期

store %1, issued %2, expires %3
存储 %1，%2签发，%3到期

answered from the store, and nobody is asked: what is stored is good, and not due for renewal
从存储应答，不发出申请：已保存的凭证有效，且未到续期时间

answered from the store, and renewed in the background: the last %1% of its life have begun
从存储应答，并在后台续期：已进入有效期的最后 %1%

answered from the store; it is due for renewal, but %1
从存储应答；凭证已到续期时间，但：%1

answered from the store with a warning: it has to be renewed, but %1
从存储应答并给出警告：凭证必须续期，但：%1

no answer: a new one has to be asked for, %1; it is asked again %2 after that
无应答：必须申请新凭证，%1；在此 %2 后再次申请

waits for process %1, which is asking for a new one now: %2
等待进程 %1，它正在申请新凭证：%2

asks for a new one: %1
申请新凭证：%1

process %1 has been given what is stored
进程 %1 已获得已保存的凭证

the cluster seems to refuse it, and the one before too: `kubeconfig_writer verify` says what the server answers
集群似乎拒绝它以及之前的凭证：`kubeconfig_writer verify` 可显示服务器的应答

if that asks again, the cluster is taken to refuse it, and another is asked for
如果该进程再次请求，则视为集群拒绝它，并申请另一个凭证

%1 ago, %2
%1 前，%2

just now, %1
刚刚，%1

because %1
原因：%1

%1 (issued %2)
%1（%2签发）

%1 (issued %2, stored still)
%1（%2签发，仍已保存）

in %1
%1 后

%1 ago
%1 前

# credential_provider/commands/forget_command.cc
nothing was stored%1
没有已保存的内容%1

, nor of any other
，其他集群也没有

; stored are %1 of %2
；已保存的有 %2 的 %1 个

; stored are %1 of %2, %3 of %4
；已保存的有 %2 的 %1 个，%4 的 %3 个

; stored are %1 of %2, %3 of %4, %5 of %6
；已保存的有 %2 的 %1 个，%4 的 %3 个，%6 的 %5 个

`credential_provider status` shows what is stored; --store and --cache-dir say where, as in the exec stanza
`credential_provider status` 显示已保存的内容；--store 和 --cache-dir 指定存储位置，与 exec 配置段相同

sessions of whoever asked: who asks now is not known here
包括所有请求者的会话：此处无法得知现在的请求者是谁

everything that is stored
所有已保存的内容

forget: give what to forget, or --all
forget：指定要清除的内容，或使用 --all

removes what is stored of a cluster
清除某个集群已保存的内容

Removes all that is stored of the cluster, whoever asked for it and with which flags, and the sessions of who asks now. That nothing was stored is a warning and no failure.
清除该集群所有已保存的内容（不论由谁、用哪些选项申请），以及当前请求者的会话。没有已保存的内容时仅给出警告，不算失败。

removes everything stored, with --all
与 --all 一起使用，清除所有已保存的内容

Removes every stored credential: what is known by its name and its content, and nothing else. The ledger of issuances, which `log` shows, goes with them.
清除每个已保存的凭证：即按名称和内容可识别的凭证，不涉及其他内容。`log` 所显示的签发日志也一并清除。

# credential_provider/commands/forgotten.cc
forgot %1 credential
已清除 %1 个凭证

forgot %1 credentials
已清除 %1 个凭证

forgot %1 credential, %2
已清除 %1 个凭证，%2

forgot %1 credentials, %2
已清除 %1 个凭证，%2

forgot %1 credential, %2 session
已清除 %1 个凭证，%2 个会话

forgot %1 credential, %2 sessions
已清除 %1 个凭证，%2 个会话

forgot %1 credentials, %2 session
已清除 %1 个凭证，%2 个会话

forgot %1 credentials, %2 sessions
已清除 %1 个凭证，%2 个会话

forgot %1 credential, %2 session, %3
已清除 %1 个凭证，%2 个会话，%3

forgot %1 credential, %2 sessions, %3
已清除 %1 个凭证，%2 个会话，%3

forgot %1 credentials, %2 session, %3
已清除 %1 个凭证，%2 个会话，%3

forgot %1 credentials, %2 sessions, %3
已清除 %1 个凭证，%2 个会话，%3

%1 remembered caller
%1 个已记住的调用者

%1 remembered callers
%1 个已记住的调用者

%1 remembered caller, %2
%1 个已记住的调用者，%2

%1 remembered callers, %2
%1 个已记住的调用者，%2

and the ledger of %1
以及含 %1的签发日志

%1 issuance
%1 条签发记录

%1 issuances
%1 条签发记录

# credential_provider/commands/get_exec_command.cc
nothing was stored of this command with these arguments
没有为此命令及这些参数保存的内容

`credential_provider status` shows what is stored
`credential_provider status` 显示已保存的内容

what another exec plugin prints, with this cache
输出另一个 exec 插件的结果，并使用本缓存

Prints the ExecCredential that COMMAND, any exec plugin (aws, gke-gcloud-auth-plugin, kubelogin ...), has printed: a stored one while it is good, else COMMAND is run, without a shell and with the environment as it is. Any number of runs that need it at once start it once. What is stored belongs to the command with its arguments, the program's file, the cluster, if kubectl tells it, and all variables but those that tell of the terminal, the shell, the editor or the step of a job (TERM, TMUX, VSCODE_* and the like); --key-env names those of them that count. What has no expiry is not stored.
输出 COMMAND（任意 exec 插件，如 aws、gke-gcloud-auth-plugin、kubelogin 等）输出的 ExecCredential：已保存的凭证有效时使用它，否则运行 COMMAND，不经过 shell，环境保持不变。同时需要它的任意多次运行只启动它一次。保存的内容与以下各项对应：命令及其参数、程序文件、集群（如果 kubectl 提供），以及除终端、shell、编辑器或作业步骤相关变量（TERM、TMUX、VSCODE_* 等）之外的所有环境变量；--key-env 指定其中需要计入的变量。没有到期时间的内容不保存。

removes what is stored of another plugin
清除为另一个插件保存的内容

Removes all that `get exec` has stored of this command with these arguments.
清除 `get exec` 为此命令及这些参数保存的所有内容。

# credential_provider/commands/issuer_commands.h
what the exec stanza has kubectl start (default: what install writes)
exec 配置段让 kubectl 启动的程序（默认值：install 写入的内容）

# credential_provider/commands/log_command.cc
nothing was issued
没有签发记录

what was issued on this machine, when and why
本机签发了什么、何时签发及其原因

Shows the ledger: each credential that was issued for this user, the newest last. No secret is in it. WHY is:
显示签发日志：为此用户签发的每个凭证，最新的在最后。其中不含密钥。WHY 的取值为：

nothing was stored for it
没有为其保存的凭证

there was one, and nothing is stored any more: it was forgotten, or memory was emptied
曾有一个，现已不再保存：它已被清除，或内存已清空

what was stored has expired, or was about to
已保存的凭证已过期或即将过期

renewed in the background before it expired
在过期前已在后台续期

the cluster seemed to refuse what was stored: the same client asked again
集群似乎拒绝了已保存的凭证：同一客户端再次请求

by install, export or warm, before anybody asked for it
由 install、export 或 warm 在有请求之前申请

ID is the certificate's serial number, or a part of the SHA-256 of a token. The ledger is in the folder of --store disk, whatever place is used, and keeps the last 128 KB at least. A CI job with a folder of its own has none. `forget --all` removes it.
ID 是证书的序列号，或令牌 SHA-256 的一部分。无论使用哪种存储，签发日志都位于 --store disk 的目录中，至少保留最后 128 KB。有专属目录的 CI 作业没有签发日志。`forget --all` 会清除它。

# credential_provider/commands/status_command.cc
only what is stored of this cluster
仅限此集群已保存的内容

new ones are not kept
不保存新凭证

new ones are kept in: %1
新凭证保存在：%1

new ones are kept in: %1 (%2)
新凭证保存在：%1（%2）

nothing can be stored, so every run asks for a new credential: %1
无法保存任何内容，因此每次运行都会申请新凭证：%1

what is stored
显示已保存的内容

Shows what is stored, and where new credentials are kept, which is tried with an empty one. No secret is shown. CLUSTER, IDENTITY, ISSUER and OPTIONS are what a credential is stored for: another of them is another credential. EXPIRES is when it does, RENEWED when it was issued last, STORE where it is. STARTS counts the runs that asked for it, ISSUED how often a new one was asked for because of them. A terminal gets what fits into a line; --output json and a pipe get everything.
显示已保存的内容，以及新凭证的保存位置（用一个空凭证试验）。不显示密钥。CLUSTER、IDENTITY、ISSUER 和 OPTIONS 是凭证所对应的项：其中任一项不同即为另一个凭证。EXPIRES 是到期时间，RENEWED 是上次签发时间，STORE 是所在的存储。STARTS 是请求它的运行次数，ISSUED 是因此申请新凭证的次数。在终端中只显示一行能容纳的内容；--output json 和管道会得到全部内容。

# credential_provider/commands/status_table.cc
in no better place because %1
未能存放在更好的位置，原因：%1

last renewal failed: %1
上次续期失败：%1

nothing is stored
没有已保存的内容

# credential_provider/commands/whoami_command.cc
%1 of %2, expires %3, store %4
%1（集群 %2），%3到期，存储 %4

%1, expires %2, store %3
%1，%2到期，存储 %3

--identity %1, then %2
--identity %1，然后是 %2

type
类型

account
账号

principal
主体

found
找到的身份

access key
访问密钥

expires
到期

region
地域

whose AccessKey is used, and where it comes from
使用谁的 AccessKey，以及它来自何处

Shows whose AccessKey is used, which source it comes from (of a file also which profile, and what chose that), and why not from the sources before that one. Asks STS, which needs no permission. No secret is shown.
显示使用谁的 AccessKey、它来自哪个来源（来自文件时还包括哪个配置，以及选择它的依据），以及为何不是排在前面的来源。会向 STS 查询，无需任何权限。不显示密钥。

# credential_provider/identity/identity_words.cc
access key %1
访问密钥 %1

instance role %1
实例 RAM 角色 %1

a job
一个作业

command %1
命令 %1

credentials URI %1
凭证 URI %1

sign-in at %1
在 %1 登录

session %1
会话 %1

session %1, %2
会话 %1，%2

role for %1
RAM 角色有效期 %1

role for %1, %2
RAM 角色有效期 %1，%2

with a policy
附带策略

with a policy, %1
附带策略，%1

external id %1
外部 ID %1

external id %1, %2
外部 ID %1，%2

STS at %1
STS 位于 %1

STS at %1, %2
STS 位于 %1，%2

role %1
RAM 角色 %1

role %1, by %2
RAM 角色 %1，扮演者：%2

role %1 of 1%2
账号 1%2 的 RAM 角色 %1

role %1 of 1%2, by %3
账号 1%2 的 RAM 角色 %1，扮演者：%3

assumed%1role %2 of 1%3
账号 1%3 中已扮演的%1RAM 角色 %2

user %1 of 1%2
账号 1%2 的用户 %1

root%1of 1%2
账号%11%2（主账号）

# credential_provider/identity/principal.cc
is somebody else by now
现在已是另一个身份

run it again
重新运行

# credential_provider/invocation/answer_options.cc
v1 or v1beta1, for clients that send no KUBERNETES_EXEC_INFO (default: v1)
v1 或 v1beta1，用于不发送 KUBERNETES_EXEC_INFO 的客户端（默认值：v1）

renew in the background in the last part of a credential's life, 0 for never (default: 20)
在凭证有效期的最后一段内于后台续期，0 表示从不（默认值：20）

not a percentage from 0 to 90
不是 0 到 90 之间的百分比

# credential_provider/invocation/exec_invocation.cc
not arguments of `get exec`
不是 `get exec` 的参数

# credential_provider/invocation/invocation.cc
PEM file of the authorities to trust instead of the system's
PEM 文件，其中的证书颁发机构代替系统的受到信任

not a time between 1s and 2m
不是 1s 到 2m 之间的时长

no issuer after `get`
`get` 之后没有凭证类型

# credential_provider/invocation/invocation.h
the longest that a run may wait for the network: 1s to 2m (default: 15s)
一次运行最长可等待网络的时间：1s 到 2m（默认值：15s）

# credential_provider/issuers/ack_issuer.cc
check this machine's clock
检查本机时钟

not valid before %1
在 %1 之前无效

expired already, at %1, by the server's own clock
按服务器自己的时钟，已于 %1 过期

try again in a moment; if it stays so, show this to the support of Alibaba Cloud
稍后重试；如果仍然如此，将此信息提供给阿里云技术支持

expired already, at %1
已于 %1 过期

a client certificate of an Alibaba Cloud ACK cluster
阿里云 ACK 集群的客户端证书

Prints an ExecCredential with a client certificate for one ACK cluster: a stored one while it is good, else a new one, for which one request to Container Service is signed with the caller's own AccessKey. The AccessKey comes from the first of the sources that has one, or from the one that --identity names.
输出含有某个 ACK 集群客户端证书的 ExecCredential：已保存的凭证有效时使用它，否则使用新凭证，为此用调用者自己的 AccessKey 签名一个发往容器服务的请求。AccessKey 取自第一个有 AccessKey 的来源，或 --identity 指定的来源。

client certificate: %1
客户端证书：%1

cluster %1
集群 %1

identity %1
身份 %1

# credential_provider/issuers/ack_options.cc
how long a certificate lives: 15m to 72h, whole minutes (default: 1h)
证书的有效期：15m 到 72h，整分钟（默认值：1h）

public or private: which address of the API server (default: public)
API Server 的地址类型：public（公网）或 private（内网）（默认值：public）

needed: the id of the cluster
必填：集群 ID

not a time such as 15m, 1h or 1h30m
不是 15m、1h 或 1h30m 这样的时长

not between 15m and 72h
不在 15m 到 72h 之间

not whole minutes
不是整分钟

neither public nor private
既不是 public 也不是 private

# credential_provider/issuers/ack_options.h
the cluster: c and 32 hex digits, from the ACK console (needed)
集群：c 加 32 位十六进制数字，取自 ACK 控制台（必填）

the cluster's region, such as cn-hangzhou (default: the central endpoint)
集群的地域，如 cn-hangzhou（默认值：中心端点）

where Container Service is, instead of the region's endpoint
容器服务的地址，代替该地域的端点

# credential_provider/issuers/ack_token_issuer.cc
a bearer token, where ack-ram-authenticator is installed
Bearer 令牌，用于已安装 ack-ram-authenticator 的集群

Prints an ExecCredential with a bearer token for one ACK cluster in which ack-ram-authenticator is installed. The token is signed here with the caller's own AccessKey, without a request. The AccessKey comes from the first of the sources that has one, or from the one that --identity names.
输出含有 Bearer 令牌的 ExecCredential，用于某个已安装 ack-ram-authenticator 的 ACK 集群。令牌在本地用调用者自己的 AccessKey 签名，不发送请求。AccessKey 取自第一个有 AccessKey 的来源，或 --identity 指定的来源。

its session expired already, by the server's own clock
按服务器自己的时钟，其会话已过期

try again in a moment
稍后重试

# credential_provider/issuers/cs_endpoint.cc
the region beside the AccessKey
与 AccessKey 一同设置的地域

%1 is vpc, region %2
%1 为 vpc，地域 %2

no --region
未指定 --region

# credential_provider/issuers/exec_issuer.cc
its output: %1
它的输出：%1

exit status %1
退出状态 %1

what it printed is above; run it by hand to see more
其输出见上文；手动运行以查看更多信息

run it by hand to see what it waits for, or give it more time with --timeout
手动运行以查看它在等待什么，或用 --timeout 给它更多时间

run it by hand: an ExecCredential is a few KB of JSON
手动运行：ExecCredential 应是几 KB 的 JSON

run it by hand: it has to print one ExecCredential on stdout, and nothing else
手动运行：它必须在标准输出上只输出一个 ExecCredential，不含其他内容

# credential_provider/issuers/exec_options.cc
variables of the terminal, with commas between, on which its credential depends nevertheless
其凭证仍然依赖的终端相关变量，以逗号分隔

the longest that the command may take: 1s to 15m (default: 2m)
该命令最长可用的时间：1s 到 15m（默认值：2m）

not names of variables with commas between
不是以逗号分隔的变量名

no command given after --
-- 之后未指定命令

not a time between 1s and 15m
不是 1s 到 15m 之间的时长

# credential_provider/ledger/ledger.cc
not a private file
不是仅本用户可访问的文件

# credential_provider/main.cc
credential_provider prints a short-lived credential for a Kubernetes cluster, as kubectl asks for it.
credential_provider 按 kubectl 的要求输出 Kubernetes 集群的短期凭证。

It is meant to be started by kubectl: `kubeconfig_writer install ack` puts it into the kubeconfig. What is about a context is kubeconfig_writer's, and is handed over to it: `credential_provider doctor dev`.
它供 kubectl 启动：`kubeconfig_writer install ack` 会将它写入 kubeconfig。与上下文有关的命令属于 kubeconfig_writer，会转交给它：`credential_provider doctor dev`。

# credential_provider/runs/failure_text.cc
another run
另一次运行

another run, process %1,
另一次运行，即进程 %1，

%1 (stopped)
%1（已停止）

it is not among the processes here; with --store none a run waits for no other
它不在此处的进程中；使用 --store none 时，一次运行不等待其他运行

`kill -CONT %1` lets it go on, `kill -KILL %2` ends it
`kill -CONT %1` 使其继续，`kill -KILL %2` 结束它

`ps -fp %1` shows what it is, `kill %2` ends it
`ps -fp %1` 显示它是什么，`kill %2` 结束它

another run, which asks for the same credential
申请同一凭证的另一次运行

process %1, which asks for the same credential
申请同一凭证的进程 %1

failed %1 ago, not asked again yet: %2
%1 前失败，尚未再次申请：%2

%1: failed %2 ago, not asked again yet: %3
%1：%2 前失败，尚未再次申请：%3

it is asked again in %1, and at once by the same `credential_provider get` at a terminal
将在 %1 后再次申请，在终端运行同一 `credential_provider get` 则立即申请

%1 is still asking for this credential, after %2
%1仍在申请此凭证，已等待 %2

%1 is still asking for this credential, and is not waited for again yet
%1仍在申请此凭证，暂不再次等待

the cluster seems to refuse this credential, which was issued %1 ago: the same process has asked again
集群似乎拒绝此凭证，它签发于 %1 前：同一进程再次请求

`kubeconfig_writer verify CONTEXT` says what the server answers; causes are the clock of a node or of this machine, a context that leads to another cluster, or an identity that the cluster does not know
`kubeconfig_writer verify CONTEXT` 可显示服务器的应答；可能的原因是节点或本机的时钟、指向另一集群的上下文，或集群不认识的身份

# credential_provider/runs/run_state.cc
no folder for it
没有可用于它的目录

# credential_provider/store/credential_store.cc
this system has none
本系统没有

use --store runtime, or --store disk
使用 --store runtime 或 --store disk

# credential_provider/store/disk_store.cc
on a disk, not in memory
在磁盘上，不在内存中

on a disk, not in memory, %1
在磁盘上，不在内存中，%1

# credential_provider/store/keyring_shares.cc
keyring: with this one, credentials would fill more than half of this user's quota of %1 bytes and %2 keys
密钥环：加上此凭证，凭证将占用本用户配额（%1 字节、%2 个密钥）的一半以上

# credential_provider/store/private_folder.cc
it belongs to user %1: run this as that user, or %2
它属于用户 %1：以该用户身份运行，或%2

it belongs to root: as root, chown -R %1 %2; or %3
它属于 root：以 root 身份执行 chown -R %1 %2；或%3

not private: it must belong to this user with mode 0700
不是私有目录：必须属于本用户，且权限为 0700

not private: it must belong to this user with mode 0700, %1
不是私有目录：必须属于本用户，且权限为 0700，%1

a symlink, which is not followed
是符号链接，不会跟随

a symlink, which is not followed, %1
是符号链接，不会跟随，%1

not a folder
不是目录

not a folder, %1
不是目录，%1

put a folder in its place, or %1
将其替换为目录，或%1

remove it, or %1
将其删除，或%1

not made, because %1 belongs to user %2
未创建，因为 %1 属于用户 %2

run this as that user, set HOME to this user's (sudo -H), or %1
以该用户身份运行，将 HOME 设为本用户的目录（sudo -H），或%1

set HOME to a folder that this user can write, or %1
将 HOME 设为本用户可写的目录，或%1

# credential_provider/store/private_folder.h
choose another folder with --cache-dir
用 --cache-dir 选择其他目录

# credential_provider/store/split_store.cc
none has a name
都没有名称

no private folder for a part of it: %1
没有可存放其一部分的私有目录：%1

# credential_provider/store/store_directory.cc
neither XDG_CACHE_HOME nor HOME names a folder
XDG_CACHE_HOME 和 HOME 均未指定目录

set HOME or give --cache-dir
设置 HOME 或指定 --cache-dir

XDG_RUNTIME_DIR does not name a folder
XDG_RUNTIME_DIR 未指定目录

this system has no folder in memory
本系统没有位于内存中的目录

not a CI job with a folder of its own
不是有专属目录的 CI 作业

# credential_provider/store/store_kind.cc
not one of auto, keyring, runtime, memory, disk and none
不是 auto、keyring、runtime、memory、disk 和 none 之一

# credential_provider/store/store_options.cc
where credentials are kept: auto, keyring, runtime, memory, disk or none (default: auto)
凭证的保存位置：auto、keyring、runtime、memory、disk 或 none（默认值：auto）

keep them on disk, there (default of disk: ~/.cache/credential_provider)
将凭证保存在磁盘上的该目录（disk 的默认值：~/.cache/credential_provider）

only with --store disk
仅可与 --store disk 一起使用

# credential_provider/sources/aliyun/cloud_sso_mode.cc
field "cloud_sso_sign_in_url"
字段「cloud_sso_sign_in_url」

the CloudSSO sign-in has expired
CloudSSO 登录已过期

CloudSSO reply: %1
CloudSSO 的应答：%1

# credential_provider/sources/aliyun/config_file.cc
ALIBABA%1 is true
ALIBABA%1 为 true

name the profile with --profile, which counts more, or unset that variable
用 --profile 指定配置（其优先级更高），或取消设置该变量

unset that variable
取消设置该变量

HOME is not set
HOME 未设置

set it, or %1 to the file
设置它，或将 %1 设为该文件

not a JSON object
不是 JSON 对象

mend the file, or run `aliyun configure`
修正该文件，或运行 `aliyun configure`

locked by another program
被另一个程序锁定

the profile is gone
该配置已不存在

# credential_provider/sources/aliyun/oauth_mode.cc
run `%1` to sign in again
运行 `%1` 重新登录

reply: %1
应答：%1

# credential_provider/sources/aliyun/oauth_tokens.cc
profile %1
配置 %1

the sign-in has expired
登录已过期

the renewed sign-in cannot be kept: %1
续期后的登录信息无法保存：%1

field "oauth_site_type" is neither CN nor INTL
字段「oauth_site_type」既不是 CN 也不是 INTL

not a loopback address; the sign-in would be sent there
不是回环地址；登录信息会被发送到该地址

unset this variable: it is for tests on this machine
取消设置此变量：它仅用于在本机上测试

# credential_provider/sources/aliyun/role_modes.cc
field "ram_role_arn"
字段「ram_role_arn」

field "ram_session_name"
字段「ram_session_name」

field "expired_seconds"
字段「expired_seconds」

field "sts_region"
字段「sts_region」

field "sts_endpoint"
字段「sts_endpoint」

# credential_provider/sources/aliyun/static_modes.cc
not configured yet
尚未配置

# credential_provider/sources/aliyun_profile_source.cc
profile "%1" (mode %2): %3
配置「%1」（模式 %2）：%3

profile "%1": %2
配置「%1」：%2

field "process_command"
字段「process_command」

field "credentials_uri"
字段「credentials_uri」

Alibaba Cloud serves RSA key pairs no longer
阿里云已不再支持 RSA 密钥对

run `aliyun configure` with another mode
以其他模式运行 `aliyun configure`

ACK takes no credential of this mode
ACK 不接受此模式的凭证

choose another profile with --profile
用 --profile 选择其他配置

no such mode is known
没有已知的此类模式

field "source_profile" leads back to itself: %1
字段「source_profile」又指回自身：%1

field "source_profile": %1
字段「source_profile」：%1

field "endpoint" of the profile
配置的字段「endpoint」

field "endpoint_type" of the profile
配置的字段「endpoint_type」

not there
不存在

its name: the file has no current profile
其名称：该文件没有当前配置

the file's current profile
该文件的当前配置

# credential_provider/sources/credentials_uri_source.cc
reply: field "Code" is not Success
应答：字段「Code」不是 Success

credentials URI at %1: %2
凭证 URI %1：%2

ALIBABA_CLOUD_%1 is not set
ALIBABA_CLOUD_%1 未设置

# credential_provider/sources/environment_source.cc
not set, but the other half of the pair is
未设置，但这一对变量中的另一个已设置

set both variables, or neither
两个变量都设置，或都不设置

# credential_provider/sources/external_command.cc
command %1: %2
命令 %1：%2

exit status %1: %2
退出状态 %1：%2

its output: field "mode" is neither AK nor StsToken
其输出：字段「mode」既不是 AK 也不是 StsToken

forbidden by %1
被 %1 禁止

# credential_provider/sources/identity_flags.cc
who asks: %1 or %2 (default: the first that is there)
调用者：%1 或 %2（默认值：第一个存在的）

the profile of ~/.aliyun/config.json, or section of ~/.alibabacloud/credentials
~/.aliyun/config.json 中的配置，或 ~/.alibabacloud/credentials 中的节

a RAM role to take on; several, with commas, one from the other
要扮演的 RAM 角色；可用逗号分隔多个，依次由前一个扮演后一个

the name of the role's session (default: credential_provider)
RAM 角色会话的名称（默认值：credential_provider）

the external id that the role's trust policy asks for
RAM 角色的信任策略所要求的外部 ID

a RAM policy that narrows what the role's session may do
用于收窄 RAM 角色会话权限的 RAM 权限策略

how long the role's session lives: 15m to 12h (default: 1h)
RAM 角色会话的有效时长：15m 到 12h（默认值：1h）

with --identity oidc: the OIDC provider in RAM
与 --identity oidc 一起使用：RAM 中的 OIDC 身份提供商

with --identity oidc: the file that holds the token
与 --identity oidc 一起使用：保存令牌的文件

with --identity oidc: the environment variable that holds the token
与 --identity oidc 一起使用：保存令牌的环境变量

longer than 2048 characters
超过 2048 个字符

only with %1
仅适用于：%1

no --%1
未给出 --%1

--identity aliyun-profile or ini-file
--identity aliyun-profile 或 ini-file

# credential_provider/sources/ini_file_source.cc
section "%1": %2
节「%1」：%2

type %1: %2
类型 %1：%2

key "%1" is missing or empty
键「%1」缺失或为空

key "%1": empty
键「%1」为空

key "%1": %2
键「%1」：%2

key "access_key_id"
键「access_key_id」

key "access_key_secret"
键「access_key_secret」

keys "security_token" and "sts_token" differ
键「security_token」和「sts_token」不一致

key "role_session_expiration": not a number of seconds
键「role_session_expiration」：不是秒数

key "role_session_expiration"
键「role_session_expiration」

key "role_arn"
键「role_arn」

key "role_session_name"
键「role_session_name」

key "sts_region"
键「sts_region」

key "role_name"
键「role_name」

give the section another type
为该节指定其他类型

key "credentials_uri"
键「credentials_uri」

key "process_command"
键「process_command」

type "%1" is not known
类型「%1」未知

not enabled
未启用

its name: no other is asked for
其名称：没有要求其他名称

# credential_provider/sources/oidc_environment_source.cc
ALIBABA_CLOUD_ROLE_ARN, _OIDC_PROVIDER_ARN and _OIDC_TOKEN_FILE are not all set
ALIBABA_CLOUD_ROLE_ARN、_OIDC_PROVIDER_ARN 和 _OIDC_TOKEN_FILE 没有全部设置

# credential_provider/sources/oidc_source.cc
no OIDC token
没有 OIDC 令牌

give --oidc-token-file or --oidc-token-env; in GitHub Actions, give the job "permissions: id-token: write"
给出 --oidc-token-file 或 --oidc-token-env；在 GitHub Actions 中，为作业设置「permissions: id-token: write」

no role to take on
没有要扮演的 RAM 角色

give --role-arn
给出 --role-arn

no OIDC provider
没有 OIDC 身份提供商

give --oidc-provider-arn
给出 --oidc-provider-arn

# credential_provider/sources/roles/instance_role_source.cc
ECS metadata: %1
ECS 元数据：%1

no token (HTTP %1)
没有令牌（HTTP %1）

no RAM role is attached to this instance
此实例未授予 RAM 角色

attach a RAM role to the ECS instance, or sign in another way
为该 ECS 实例授予 RAM 角色，或用其他方式登录

the answer is not the name of a role
应答不是 RAM 角色的名称

the answer is not an %1
应答不是 %1

role %1: %2
RAM 角色 %1：%2

metadata reply: %1
元数据的应答：%1

ALIBABA_CLOUD_ECS_METADATA is not set
ALIBABA_CLOUD_ECS_METADATA 未设置

# credential_provider/sources/roles/oidc_token.cc, oidc_role.cc
OIDC token file: %1: empty
OIDC 令牌文件 %1 为空

OIDC token file: %1
OIDC 令牌文件：%1

GitHub Actions token: %1
GitHub Actions 令牌：%1

check that the job has "permissions: id-token: write" and is still running
检查作业是否设置了「permissions: id-token: write」，且仍在运行

GitHub Actions token reply: %1
GitHub Actions 令牌的应答：%1

the token expired at %1, by this machine's clock
按本机时钟，令牌已于 %1 过期

check that what renews this file is at work
检查更新此文件的程序是否在运行

a token in a variable cannot be renewed within its job: use it earlier in the job, or ask for a longer role session with --role-duration
变量中的令牌无法在其作业内续期：在作业中更早使用它，或用 --role-duration 请求更长的 RAM 角色会话

variable %1: %2
变量 %1：%2

variable %1
变量 %1

not set
未设置

in GitLab CI, name it under id_tokens of this job, with aud: sts.aliyuncs.com
在 GitLab CI 中，将它写在此作业的 id_tokens 下，并设置 aud: sts.aliyuncs.com

# credential_provider/sources/roles/session_cache.cc
the role session cannot be stored, so it will be asked for again: %1
RAM 角色会话无法保存，因此会再次请求：%1

# credential_provider/sources/roles/sts_place.cc
the region of STS
STS 的地域

# credential_provider/sources/source_chain.cc
the profiles that there are: %1
现有的配置：%1

no Alibaba Cloud identity found
未找到阿里云身份

set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or run `aliyun configure`
设置 ALIBABA_CLOUD_ACCESS_KEY_ID 和 ALIBABA_CLOUD_ACCESS_KEY_SECRET，或运行 `aliyun configure`

its variables are set and were not used, because the AccessKey of the environment comes first; --identity oidc-environment takes the role
它的变量已设置但未使用，因为环境变量中的 AccessKey 优先；--identity oidc-environment 会扮演该 RAM 角色

ALIBABA_CLOUD_ROLE_ARN is set and was not used, because the AccessKey of the environment stands for itself; --role-arn assumes a role
ALIBABA_CLOUD_ROLE_ARN 已设置但未使用，因为环境变量中的 AccessKey 只代表其自身；--role-arn 会扮演 RAM 角色

# credential_provider/alibaba_cloud/access_key.cc, sts_session.cc
field "%1": empty
字段「%1」为空

# credential_provider/alibaba_cloud/ack_token.cc
token: %1 bytes, but ack-ram-authenticator takes %2 at most; the security token alone has %3
令牌：%1 字节，但 ack-ram-authenticator 最多接受 %2 字节；仅安全令牌就有 %3 字节

use an identity with a shorter security token, or `get ack` instead
使用安全令牌较短的身份，或改用 `get ack`

# credential_provider/alibaba_cloud/acs_client.cc
this machine's clock is %1; requests are dated by the server's
本机时钟%1；请求的日期以服务器时间为准

# credential_provider/alibaba_cloud/caller_identity.cc
GetCallerIdentity's reply: %1
GetCallerIdentity 的应答：%1

# credential_provider/alibaba_cloud/cluster_id.cc
not a cluster id: c and 32 hex digits
不是集群 ID：集群 ID 为 c 加 32 位十六进制数字

# credential_provider/alibaba_cloud/clusters.cc
DescribeClustersV1's reply: cluster: %1
DescribeClustersV1 的应答：集群：%1

DescribeClustersV1's reply: %1
DescribeClustersV1 的应答：%1

allow cs:DescribeClustersV1 in a RAM policy of this identity
在此身份的 RAM 权限策略中允许 cs:DescribeClustersV1

field "cluster_id"
字段「cluster_id」

is not running: its state is %1
未在运行：其状态为 %1

# credential_provider/alibaba_cloud/endpoint.cc
not a region id such as cn-hangzhou
不是 cn-hangzhou 这样的地域 ID

not one that this version knows
此版本不认识

region %1: not one that this version knows
地域 %1：此版本不认识该地域

# credential_provider/alibaba_cloud/kubeconfig_states.cc
allow cs:ListUserKubeConfigStates in a RAM policy of this identity; ACK asks for AliyunCSFullAccess here
在此身份的 RAM 权限策略中允许 cs:ListUserKubeConfigStates；ACK 在此处要求 AliyunCSFullAccess

ListUserKubeConfigStates's reply: state: %1
ListUserKubeConfigStates 的应答：状态：%1

ListUserKubeConfigStates's reply: %1
ListUserKubeConfigStates 的应答：%1

# credential_provider/alibaba_cloud/paged_call.cc
check the endpoint and HTTPS_PROXY: this is no answer of Container Service's
检查端点和 HTTPS_PROXY：这不是容器服务的应答

no list of %1
没有 %1 列表

more than %1 %2
超过 %1 个 %2

# credential_provider/alibaba_cloud/revoke_kubeconfig.cc
cluster %1: %2
集群 %1：%2

allow cs:RevokeK8sClusterKubeConfig on this cluster in a RAM policy of this identity
在此身份的 RAM 权限策略中允许对此集群执行 cs:RevokeK8sClusterKubeConfig

RevokeK8sClusterKubeConfig's reply: %1
RevokeK8sClusterKubeConfig 的应答：%1

look at `kubeconfig_writer states`, and check the endpoint and HTTPS_PROXY: this is no answer of Container Service's
查看 `kubeconfig_writer states`，并检查端点和 HTTPS_PROXY：这不是容器服务的应答

# credential_provider/alibaba_cloud/service_error.cc
check the cluster id and the region; the cluster must be visible to this identity
检查集群 ID 和地域；此身份必须能看到该集群

RAM allows it but the cluster's RBAC does not: ask for a role in the cluster
RAM 允许此操作，但集群的 RBAC 不允许：申请集群中的角色

the access control of Container Service refused this identity or address: ask its administrator
容器服务的访问控制拒绝了此身份或地址：联系其管理员

try again when the cluster is running
等集群处于运行状态后重试

enable this AccessKey in the RAM console or use another
在 RAM 控制台启用此 AccessKey，或改用其他 AccessKey

no such AccessKey: check the AccessKey id in use
没有这个 AccessKey：检查所使用的 AccessKey ID

the AccessKey secret does not belong to the AccessKey id: check both
AccessKey Secret 与 AccessKey ID 不匹配：检查二者

the temporary AccessKey lacks its security token: set all three values of one session
临时 AccessKey 缺少安全令牌：设置同一会话的全部三个值

the temporary AccessKey has expired or its three values are of different sessions: get new ones
临时 AccessKey 已过期，或其三个值属于不同的会话：获取新的值

check the role's ARN: acs:ram::ACCOUNT:role/NAME
检查 RAM 角色的 ARN：acs:ram::ACCOUNT:role/NAME

a role session's name has 2 to 64 letters, digits and . @ _ -
RAM 角色会话的名称由 2 到 64 个字母、数字和 . @ _ - 组成

ask for a shorter role session, or raise the role's longest session in the RAM console
请求更短的 RAM 角色会话，或在 RAM 控制台调高该角色的最大会话时间

check the role session's policy: a RAM policy in JSON of at most 2048 characters
检查 RAM 角色会话的策略：最多 2048 个字符的 JSON 格式 RAM 权限策略

check the external id: 2 to 1224 letters, digits and . _ + = , @ : / -
检查外部 ID：由 2 到 1224 个字母、数字和 . _ + = , @ : / - 组成

no such role: check the account and the name in its ARN
没有这个 RAM 角色：检查其 ARN 中的账号和名称

check in the RAM console that the OIDC provider is registered and that the role's trust policy admits this token's issuer, audience and subject
在 RAM 控制台检查 OIDC 身份提供商是否已注册，以及 RAM 角色的信任策略是否准许此令牌的颁发者、受众和主体

the OIDC token has expired: get a new one
OIDC 令牌已过期：获取新的令牌

ask for a token whose audience is a client id of the OIDC provider in RAM, usually sts.aliyuncs.com
请求受众为 RAM 中 OIDC 身份提供商的客户端 ID 的令牌，通常是 sts.aliyuncs.com

the token comes from another issuer than the OIDC provider in RAM: check the provider's ARN
令牌的颁发者与 RAM 中的 OIDC 身份提供商不同：检查该提供商的 ARN

the OIDC provider in RAM cannot verify this token: check its issuer URL and its fingerprints
RAM 中的 OIDC 身份提供商无法验证此令牌：检查其颁发者 URL 和指纹

sign in again
重新登录

check the cluster id and the duration (15m to 72h)
检查集群 ID 和有效时长（15m 到 72h）

too many calls from this account: try again later
此账号的调用过多：稍后重试

try again
重试

try again later; give the request id to Alibaba Cloud's support if it stays
稍后重试；如果问题持续，将请求 ID 提供给阿里云技术支持

allow %1 in a RAM policy of this identity
在此身份的 RAM 权限策略中允许 %1

allow %1 on this cluster in a RAM policy of this identity; if the policy has a condition on cs:KubeConfigDurationMinutes, ask for that --duration
在此身份的 RAM 权限策略中允许对此集群执行 %1；如果该策略有 cs:KubeConfigDurationMinutes 条件，按该条件指定 --duration

set this machine's clock: it is more than 15 minutes off
校准本机时钟：误差超过 15 分钟

set this machine's clock: it is %1
校准本机时钟：本机时钟%1

%1 ahead of %2
比%2快 %1

%1 behind %2
比%2慢 %1

the server's
服务器时间

no answer of Alibaba Cloud's: check the endpoint and HTTPS_PROXY
不是阿里云的应答：检查端点和 HTTPS_PROXY

no error code in the answer
应答中没有错误代码

no error code in the answer%1
应答中没有错误代码%1

no error code in the answer%1, request id %2)
应答中没有错误代码%1，请求 ID %2)

%1 (HTTP %2, request id %3)
%1（HTTP %2，请求 ID %3）

# credential_provider/alibaba_cloud/sts_role.cc
a RAM policy of this identity must allow sts:AssumeRole on the role, and the role's trust policy must admit this identity and its external id; an account's root user cannot assume roles
此身份的 RAM 权限策略必须允许对该 RAM 角色执行 sts:AssumeRole，且该 RAM 角色的信任策略必须准许此身份及其外部 ID；阿里云账号（主账号）不能扮演 RAM 角色

Assume%1 reply: %2
Assume%1 的应答：%2

not of the form acs:ram::ACCOUNT:role/NAME
不符合格式 acs:ram::ACCOUNT:role/NAME

not 2 to 64 letters, digits and . @ _ - (a session's name)
不是 2 到 64 个字母、数字和 . @ _ -（会话名称）

not between 15m and 12h
不在 15m 到 12h 之间

not whole seconds
不是整数秒

# credential_provider/alibaba_cloud/user_kubeconfig.cc
user has no %1
用户没有 %1

client-%1 is not base64
client-%1 不是 base64

not one cluster and one user
不是恰好一个集群和一个用户

DescribeClusterUserKubeconfig's reply: %1
DescribeClusterUserKubeconfig 的应答：%1

expiration is not a time
expiration 不是时间

# credential_provider/http/curl_failure.cc
check the file given with --ca-file; without one, install the system's authorities (package ca-certificates)
检查 --ca-file 给出的文件；未给出时，安装系统的 CA 证书（软件包 ca-certificates）

check the network, HTTPS_PROXY and NO_PROXY, and the region or endpoint given
检查网络、HTTPS_PROXY 和 NO_PROXY，以及给出的地域或端点

if a proxy of your company re-signs TLS, give its authority with --ca-file or SSL_CERT_FILE
如果公司的代理会重新签发 TLS 证书，用 --ca-file 或 SSL_CERT_FILE 给出它的 CA 证书

check the address given: another server may have taken it
检查给出的地址：它可能已被另一台服务器占用

check this machine's clock; if it is right, the server's owner has to renew its certificate
检查本机时钟；如果时钟正确，服务器的所有者须更新其证书

check the address given: what answers at this port speaks no TLS of today, perhaps plain http
检查给出的地址：此端口上应答的服务不使用当今的 TLS，可能是明文 http

the connection broke: try again; if it stays, check HTTPS_PROXY and NO_PROXY
连接中断：重试；如果问题持续，检查 HTTPS_PROXY 和 NO_PROXY

no answer within %1
%1 内没有应答

no answer within %1 through the proxy of proxy-url
通过 proxy-url 的代理，%1 内没有应答

TLS: no authority that is trusted here signed the server's certificate
TLS：服务器的证书不是由此处信任的证书颁发机构签发的

TLS: the server's certificate is for another name
TLS：服务器的证书属于另一个名称

TLS: the server's certificate has expired or is not valid yet
TLS：服务器的证书已过期或尚未生效

check %1, and that the proxy runs
检查 %1，以及代理是否在运行

put the proxy's user and password into %1: http://USER:PASSWORD@HOST:PORT
将代理的用户名和密码写入 %1：http://USER:PASSWORD@HOST:PORT

the proxy does not let this host through: ask who runs it, or correct %1
代理不允许访问此主机：联系代理的管理者，或修正 %1

proxy %1 (%2): answers HTTP %3
代理 %1（%2）：应答 HTTP %3

proxy %1 (%2): %3
代理 %1（%2）：%3

# credential_provider/http/curl_pending_request.cc
not sent
未发送

# credential_provider/http/curl_transfer.cc
header %1: a line break or control character in it
请求头 %1：其中有换行符或控制字符

not a URL
不是 URL

tls-server-name: not a host's name
tls-server-name：不是主机名

# credential_provider/http/curl_transport.cc
libcurl: cannot be initialised
libcurl：无法初始化

TLS: this machine has no certificate authorities in %1
TLS：本机在以下位置没有 CA 证书：%1

install package ca-certificates, or give a file of authorities with --ca-file
安装软件包 ca-certificates，或用 --ca-file 给出 CA 证书文件

# credential_provider/http/response_reader.cc
the response's headers or trailers are too large
响应的头部或尾部过大

the response is too large
响应过大

# credential_provider/http/system_trust.cc
correct %1 or unset it, or give authorities with --ca-file
修正或取消设置 %1，或用 --ca-file 给出 CA 证书

holds no certificate
其中没有证书

more than 8 MiB of certificates
证书超过 8 MiB

no certificate in %1
以下位置没有证书：%1

# credential_provider/http/url.cc
not of the form https://HOST[:PORT]
不符合格式 https://HOST[:PORT]

plain http is only for loopback addresses; use https
明文 http 仅用于回环地址；使用 https

not a URL: blanks, control characters or a fragment in it
不是 URL：其中有空白、控制字符或片段

# credential_provider/crypto/authority_bundle.cc
OpenSSL: no place for authorities
OpenSSL：无法存放 CA 证书

# credential_provider/crypto/certificate_facts.cc
not a PEM certificate
不是 PEM 证书

# credential_provider/crypto/client_certificate.cc
client certificate: unreadable dates
客户端证书：日期无法读取

client certificate: not a PEM certificate
客户端证书：不是 PEM 证书

client key: not an unencrypted PEM private key
客户端密钥：不是未加密的 PEM 私钥

client certificate: does not belong to the client key
客户端证书：与客户端密钥不匹配

# credential_provider/text/did_you_mean.cc
did you mean %1? %2
是不是想输入 %1？%2

did you mean %1 or %2? %3
是不是想输入 %1 或 %2？%3

%1 and %2 more
%1 以及另外 %2 个

# credential_provider/text/ini_text.cc, and of YAML
line %1: %2
第 %1 行：%2

neither [section] nor key = value
既不是 [section] 也不是 key = value

# credential_provider/text/json_reader.cc
not JSON
不是 JSON

JSON, but not an object
是 JSON，但不是对象

field "%1" is missing or not a string
字段「%1」缺失或不是字符串

field "%1" is missing or empty
字段「%1」缺失或为空

field "%1" is missing or not a time such as 2026-01-02T03:04:05Z
字段「%1」缺失或不是 2026-01-02T03:04:05Z 这样的时间

field "%1" is not a whole number
字段「%1」不是整数

field "%1" is neither true nor false
字段「%1」既不是 true 也不是 false

field "%1" is missing or not an object
字段「%1」缺失或不是对象

field "%1": %2
字段「%1」：%2

# credential_provider/text/shell_words.cc
a quote is left open
引号未闭合

ends with a backslash
以反斜杠结尾

names no program
没有指明程序

# credential_provider/text/time_text.cc
just now
刚刚

# credential_provider/text/visible_text.cc
a line break
换行符

a blank
空白

a control character
控制字符

a character outside ASCII
非 ASCII 字符

%1 inside the value
%1出现在值中

copy the value again: it is one word of letters, digits and signs
重新复制该值：它是由字母、数字和符号组成的一个词

# credential_provider/yaml/yaml_event_reader.cc
no memory for a YAML parser
没有可供 YAML 解析器使用的内存

not YAML
不是 YAML

# credential_provider/yaml/yaml_tree.cc, yaml_tree.h
a byte order mark within the text
文本中间有字节顺序标记

UTF-16; only UTF-8 is understood
UTF-16；仅支持 UTF-8

a second document begins here
第二个文档从此处开始

# credential_provider/yaml/yaml_tree_builder.cc
a line that looked like a value is none
一个看似值的行并不是值

only YAML 1.1 is understood
仅支持 YAML 1.1

an alias to an anchor that is not defined above it
别名指向的锚点未在其上方定义

an alias inside the node it stands for
别名位于它所代表的节点之内

the tag "!" on quoted text is not supported
不支持在带引号的文本上使用标签「!」

nested deeper than %1 levels
嵌套超过 %1 层

more than %1 values
超过 %1 个值

aliases make the text many times larger
别名使文本膨胀许多倍

# credential_provider/process/child_program.cc
it is no program for this machine; a script needs a first line such as #!/bin/sh
它不是适用于本机的程序；脚本需要 #!/bin/sh 这样的首行

the program that its first line names, or its loader, is missing
其首行指明的程序或其加载器不存在

this user may have no more processes: end some, or raise ulimit -u
此用户不能再有更多进程：结束一些进程，或调高 ulimit -u

allow more open files: ulimit -n 256
允许打开更多文件：ulimit -n 256

allow more memory: ulimit -v unlimited
允许使用更多内存：ulimit -v unlimited

said more than %1 bytes
输出超过 %1 字节

ended by a signal
被信号终止

its exit status: %1
其退出状态：%1

no end after %1
%1 后仍未结束

# credential_provider/process/executable.cc
not on the PATH, where only absolute folders count
不在 PATH 中，PATH 中只有绝对路径的目录有效

install it, or put its folder on the PATH
安装它，或将其目录加入 PATH

correct the path, or install it there
修正路径，或将它安装到该路径

a folder, not a program
是目录，不是程序

give the path of the program in it
给出其中程序的路径

not a program that this user may run
不是此用户可以运行的程序

if it is one: chmod +x %1
如果它是程序：chmod +x %1

# credential_provider/process/parallel_work.cc
processes side by side: %1
并行进程：%1

%1 of %2 not done: a process that asks for several has died
%1 项（共 %2 项）未完成：本程序的一个进程已终止

# credential_provider/process/random.cc
hint: allow the system call getrandom in the sandbox that this runs in
提示：在运行本程序的沙箱中允许系统调用 getrandom

# credential_provider/platform
keyring: this system has none
密钥环：此系统没有密钥环

keyring: no such key
密钥环：没有这个密钥

keyring: not available here
密钥环：此处不可用

keyring: this user's quota is used up
密钥环：此用户的配额已用完

keyring: a seccomp filter kills whoever uses it here
密钥环：此处的 seccomp 过滤器会终止使用它的进程

# credential_provider/kubernetes/api_server.cc
check the host in the server's address, and that this network's DNS knows it
检查服务器地址中的主机，以及此网络的 DNS 能否解析它

check the port in the server's address, and that the cluster runs
检查服务器地址中的端口，以及集群是否在运行

something drops the packets: check the cluster's access list, firewalls, HTTPS_PROXY and NO_PROXY, and whether its private or its public address is the one to use
数据包被丢弃：检查集群的访问控制列表、防火墙、HTTPS_PROXY 和 NO_PROXY，以及应使用内网地址还是公网地址

the certificate authority given for the cluster is not this server's: the address may belong to another cluster now, or have changed: `install` writes it again, with --server ack also in the place of an address of your own
为集群给出的 CA 证书不是此服务器的：该地址现在可能属于另一个集群，或已变更：`install` 会重新写入，加上 --server ack 时也会替换自定义的地址

use an address that the server's certificate names, or set tls-server-name in the cluster's entry
使用服务器证书中列出的地址，或在集群条目中设置 tls-server-name

check this machine's clock; if it is right, the API server's certificate has to be renewed
检查本机时钟；如果时钟正确，则 API Server 的证书需要更新

check the server's address: what answers there speaks no TLS of today
检查服务器地址：该处应答的服务不使用当今的 TLS

give the cluster's entry its certificate-authority-data
为集群条目设置 certificate-authority-data

api server: %1
集群 API Server：%1

the cluster does not know the caller
集群不认识调用者

the credential is refused: it may be revoked, or, for a token, the cluster lacks ack-ram-authenticator or a RAMIdentityMapping for this identity
凭证被拒绝：它可能已被吊销；如果是令牌，则集群缺少 ack-ram-authenticator 或此身份的 RAMIdentityMapping

the cluster knows the caller and refuses this
集群认识调用者，但拒绝此操作

ask the cluster's administrator for a role (RBAC) for this identity
向集群管理员申请此身份的角色（RBAC）

the server, or a proxy in front of it, is in trouble: try again later
服务器或其前面的代理出现故障：稍后重试

%1 answers HTTP %2, but not as a Kubernetes API server does
%1 应答 HTTP %2，但不是 Kubernetes API Server 的应答

check host, port and path of the server's address
检查服务器地址的主机、端口和路径

%1, keeps its version to itself
%1，未公开其版本

self subject review: %1
身份查询（SelfSubjectReview）：%1

caller: %1
调用者：%1

not named: the cluster is older than Kubernetes 1.28
未给出名称：集群版本早于 Kubernetes 1.28

the cluster knows it as %1
集群将其识别为 %1

list of namespaces: %1
命名空间列表：%1

list of namespaces: HTTP 403: the cluster knows the caller, who may not list them
命名空间列表：HTTP 403：集群认识调用者，但调用者无权列出它们

the sign-in works; for more, ask the cluster's administrator for a role (RBAC); who has rights in one namespace only may see them with `kubectl auth can-i --list -n NAMESPACE`
登录有效；如需更多权限，向集群管理员申请角色（RBAC）；如果仅在一个命名空间中有权限，可用 `kubectl auth can-i --list -n NAMESPACE` 查看

namespaces: %1
命名空间：%1

may be listed
可以列出

# credential_provider/kubernetes/exec_credential_parser.cc
kind is not ExecCredential
kind 不是 ExecCredential

apiVersion is not %1, which was asked for
apiVersion 不是所要求的 %1

set apiVersion: %1 in the exec stanza of the kubeconfig
在 kubeconfig 的 exec 配置段中设置 apiVersion: %1

a certificate or a key without the other
证书和密钥只有其中之一

neither a token nor a certificate in it
其中既没有令牌也没有证书

a token with blanks or control characters
令牌中有空白或控制字符

a certificate or key that is not PEM text
证书或密钥不是 PEM 文本

# credential_provider/kubernetes/exec_info.cc
Kubernetes clients set this variable; unset it to run this program by hand
此变量由 Kubernetes 客户端设置；要手动运行本程序，取消设置它

set apiVersion: client.authentication.k8s.io/v1 in the exec stanza of the kubeconfig
在 kubeconfig 的 exec 配置段中设置 apiVersion: client.authentication.k8s.io/v1

apiVersion "%1": not supported, only v1 and v1beta1 are
apiVersion「%1」：不受支持，仅支持 v1 和 v1beta1

# credential_provider/kubernetes/plugin_policy.cc
credentialPluginPolicy: none of AllowAll, DenyAll and Allowlist
credentialPluginPolicy：不是 AllowAll、DenyAll 和 Allowlist 之一

credentialPluginAllowlist: empty, which the policy Allowlist must not have
credentialPluginAllowlist：为空，而策略 Allowlist 不允许为空

credentialPluginAllowlist: not with a credentialPluginPolicy other than Allowlist
credentialPluginAllowlist：不能与 Allowlist 以外的 credentialPluginPolicy 一起使用

credentialPluginAllowlist: "%1" is %2
credentialPluginAllowlist：「%1」是%2

not a clean path
不规范的路径

run `%1`; kubectl 1.35 has no such command: there, put `name: %2` into the list in that file
运行 `%1`；kubectl 1.35 没有这个命令：在该版本中，将 `name: %2` 加入该文件的列表

credentialPluginPolicy %1 does not let kubectl 1.35 and newer start %2
credentialPluginPolicy %1 不允许 kubectl 1.35 及更新版本启动 %2

no kuberc restricts plugins
没有 kuberc 限制插件

%1 lets kubectl start %2
%1 允许 kubectl 启动 %2

# kubeconfig_writer/commands/audit_command.cc
nothing found
未发现问题

check the path: nothing was looked at
检查路径：未检查任何文件

KUBECONFIG: none of its files is there
KUBECONFIG：其中的文件均不存在

check the variable: nothing was looked at
检查该变量：未检查任何文件

audit: files and --kubeconfig exclude each other
audit：文件与 --kubeconfig 不能同时使用

finds secrets in kubeconfigs, and files that are too open
查找 kubeconfig 中的密钥，以及权限过宽的文件

Finds static secrets in the kubeconfig, or in the files given: client keys with their certificate's subject, issuer and end, tokens, passwords, secrets in the args and env of exec stanzas, in extensions, names, addresses, comments and fields that kubectl does not know; files that others can read or write, by mode or access list, or put another in the place of; exec commands, also those that `get exec` runs, that others could replace or be quicker with on the PATH. No value is shown. Variables, placeholders and files that are not there are no findings. What to do about each kind of finding stands below the table, and in the field `remedy` of the JSON. The status is 0 when nothing was found, 3 when something was, a file that cannot be parsed included, and 1 after a failure: when a file that was named is not there.
查找 kubeconfig 或指定文件中的静态密钥：客户端密钥（连同其证书的主体、签发者和到期时间）、令牌、密码，以及 exec 配置段的 args 和 env、扩展、名称、地址、注释和 kubectl 不识别的字段中的密钥；查找因权限模式或访问控制列表而可被其他人读写，或可被其他人替换的文件；查找可被其他人替换，或在 PATH 中可被其他人的同名命令抢先的 exec 命令，包括 `get exec` 运行的命令。不显示任何值。变量、占位符和不存在的文件不算问题。每类问题的处理方法列在表格下方，以及 JSON 的 `remedy` 字段中。未发现问题时退出状态为 0；发现问题时为 3，包括无法解析的文件；失败时为 1，即指定的文件不存在时。

# kubeconfig_writer/commands/clusters_command.cc
region %1
地域 %1

no cluster that this identity can see
没有此身份可见的集群

`kubeconfig_writer clusters` shows those of all regions
`kubeconfig_writer clusters` 显示所有地域的集群

no clusters
没有集群

what there is to install
可写入的集群

# kubeconfig_writer/commands/command_notice.cc
kubectl runs %1: %2
kubectl 运行 %1：%2

# kubeconfig_writer/commands/dangling_notice.cc
leads to %1 still, which is gone
仍指向 %1，而后者已不存在

# kubeconfig_writer/commands/export_command.cc
where to; - for stdout even if that is a terminal (default: stdout if it is none)
输出位置；- 表示 stdout，即使它是终端（默认值：stdout，前提是它不是终端）

replace the file if it is there
文件已存在时将其替换

not a regular file
不是普通文件

choose another name; -o - is stdout
选择其他名称；-o - 表示 stdout

make the folder, or choose another one
创建该目录，或选择其他目录

not a file
不是文件

choose another name
选择其他名称

is there already
已存在

choose another name, or give --force to replace it
选择其他名称，或使用 --force 将其替换

others can write in this folder and replace the file
其他人可以写入此目录并替换该文件

choose a folder that is yours alone
选择仅属于自己的目录

stdout is a terminal, and the kubeconfig holds a private key
stdout 是终端，而该 kubeconfig 包含私钥

name a file with -o FILE, or give -o - to show it
用 -o FILE 指定文件，或用 -o - 将其显示出来

wrote %1
已写入 %1

the kubeconfig works until %1
该 kubeconfig 的有效期至 %1

a temporary kubeconfig for a colleague or a job
供同事或作业使用的临时 kubeconfig

Makes a temporary kubeconfig for one ACK cluster that works without this program: it holds a certificate and its private key, and expires after --duration. Whoever has it has the access of the caller until then. A file is made with mode 0600; one that is there is not touched without --force. A role's session that `get` has stored is used, and one that is new is stored for it. Without CONTEXT it is for the current one. A context says which cluster and who asks; other flags count instead of its own, such as --duration. With --cluster-id no context is needed.
为一个 ACK 集群生成无需本程序即可使用的临时 kubeconfig：其中包含证书及其私钥，在 --duration 之后到期。在此之前，持有它的人拥有调用者的访问权限。文件以 0600 模式创建；没有 --force 时不会改动已存在的文件。使用 `get` 已保存的 RAM 角色会话，新的会话也会为它保存。不指定 CONTEXT 时使用当前上下文。上下文决定是哪个集群以及请求者是谁；其他选项（例如 --duration）优先于上下文自身的选项。使用 --cluster-id 时不需要上下文。

# kubeconfig_writer/commands/install_command.cc
the name of cluster, user and context, with {name}, {id}, {region}, {issuer}, {profile}, {role}, {account} and {alias} (default: {issuer}-{id}; of get-credentials, but for an id, {name})
集群、用户和上下文的名称，可包含 {name}、{id}、{region}、{issuer}、{profile}、{role}、{account} 和 {alias}（默认值：{issuer}-{id}；get-credentials 的默认值为 {name}，以 ID 指定集群时除外）

what {alias} stands for: your own name for who asks
{alias} 代表的内容：自定义的调用者名称

replace an entry of this name that is for another identity
替换属于其他身份的同名条目

make it the current-context; without this only the first context, and not with --all
将其设为当前上下文；不使用此选项时，仅首个上下文会成为当前上下文，使用 --all 时则不会

what kubectl is to run: a path of credential_provider, or its name
kubectl 要运行的命令：credential_provider 的路径或名称

`%1` lists what this identity can see; check identity and region
`%1` 列出此身份可见的集群；检查身份和地域

skipped %1
已跳过 %1

no cluster that can be installed now
目前没有可写入的集群

--use: only one of %1 contexts can be the current one
--use：%1 个上下文中只能有一个是当前上下文

--server, --tls-server-name: for one cluster, and not for %1
--server、--tls-server-name：仅用于一个集群，不能用于 %1 个集群

the cluster: c and 32 hex digits, from the ACK console
集群：c 加 32 位十六进制数字，见 ACK 控制台

adds cluster, user and context of ACK clusters
添加 ACK 集群的集群、用户和上下文条目

Asks ACK for the address and the authority of the cluster, with the caller's own AccessKey, and adds cluster, user and context to the kubeconfig. No secret is written there: the user runs `credential_provider get` with the flags given here. `get ack` finds the certificate that came with ACK's answer in its store. The cluster is given by its name or id, or chosen at a terminal from those that the identity can see; with --all each that is running is installed, those that cannot be are named with the reason, and the exit status is 1 when one failed. Doing it again changes nothing; with --all it asks about those alone whose entry does not agree with the list of clusters, or that have no certificate in the store. The first context of a kubeconfig becomes the current one.
使用调用者自己的 AccessKey 向 ACK 查询集群的地址和 CA 证书，并将集群、用户和上下文添加到 kubeconfig。不会在其中写入密钥：用户使用此处给出的选项运行 `credential_provider get`。`get ack` 可在其存储中找到随 ACK 的应答返回的证书。集群以名称或 ID 指定，或在终端中从此身份可见的集群中选择；使用 --all 时，写入所有运行中的集群，列出不能写入的集群及原因，有一个失败时退出状态为 1。重复执行不会有任何变化；使用 --all 时，仅查询条目与集群列表不一致，或存储中没有其证书的集群。kubeconfig 的首个上下文会成为当前上下文。

the same as install ack
与 install ack 相同

What `install ack` does: adds cluster, user and context of an ACK cluster to the kubeconfig. Without anything that says which, it shows at a terminal what can be installed, and asks. `install exec` wraps another exec plugin.
执行 `install ack` 的操作：将 ACK 集群的集群、用户和上下文添加到 kubeconfig。未指定集群时，在终端中显示可写入的集群并询问。`install exec` 包装其他 exec 插件。

makes kubectl work with an ACK cluster: install ack
使 kubectl 可用于 ACK 集群：install ack

# kubeconfig_writer/commands/install_exec_command.cc
the user in the kubeconfig whose plugin is meant
kubeconfig 中该插件所属的用户

user %1: not in %2
用户 %1：不在 %2 中

user %1: not in %2 or the other files of KUBECONFIG
用户 %1：不在 %2 或 KUBECONFIG 的其他文件中

`kubectl config get-users` lists those that are there; name the file with --kubeconfig
`kubectl config get-users` 可列出现有的用户；用 --kubeconfig 指定文件

install exec: needs --user, the name of a user in the kubeconfig
install exec：需要 --user，即 kubeconfig 中某个用户的名称

wrapped the plugin of user %1 in %2
已包装用户 %1 的插件，位于 %2

nothing to do: wrapped is user %1 in %2
无需操作：用户 %1 已包装，位于 %2

wraps an existing exec plugin with this cache
用此缓存包装已有的 exec 插件

Lets a user of the kubeconfig that runs another exec plugin (aws, gke-gcloud-auth-plugin, kubelogin ...) run `credential_provider get exec` in front of it: one start for many kubectl at once, renewed before its end, and outages ridden out. `uninstall USER` restores the plugin. Doing it again changes nothing.
让 kubeconfig 中运行其他 exec 插件（aws、gke-gcloud-auth-plugin、kubelogin 等）的用户在该插件之前运行 `credential_provider get exec`：同时运行多个 kubectl 时只启动一次插件，在凭证到期前续期，并可度过服务中断。`uninstall USER` 恢复原来的插件。重复执行不会有任何变化。

# kubeconfig_writer/commands/install_report.cc
nothing to do: context %1 is in %2
无需操作：上下文 %1 已在 %2 中

nothing to do: context %1 is in %2, the current-context
无需操作：上下文 %1 已在 %2 中，是当前上下文

wrote context %1 to %2
已将上下文 %1 写入 %2

wrote context %1 to %2, the current-context
已将上下文 %1 写入 %2，是当前上下文

changed context %1 in %2: %3
已更改 %2 中的上下文 %1：%3

changed context %1 in %2: %3, the current-context
已更改 %2 中的上下文 %1：%3，是当前上下文

server %1 -> %2
服务器 %1 -> %2

%1, server %2 -> %3
%1，服务器 %2 -> %3

kept its server %1, which is not ACK's %2: --server %3 takes that
保留了原服务器 %1，它不是 ACK 的 %2：--server %3 采用后者

the current-context was %1, which a file in braces cannot remember: uninstall will leave none
原当前上下文为 %1，花括号格式的文件无法记住它：uninstall 之后将没有当前上下文

`%1` goes back to it
`%1` 恢复为该上下文

in all: %1 written, %2 as they were, %3 failed, %4 skipped
合计：已写入 %1 个，未变 %2 个，失败 %3 个，已跳过 %4 个

stopped: %1 of %2 clusters were not asked about
已停止：%2 个集群中有 %1 个未查询

the others are done; the same command goes on with these
其余集群已完成；再次运行同一命令会继续处理这些集群

there is no current-context: kubectl needs --context until one is chosen
没有当前上下文：选择之前，kubectl 需要 --context

`%1` or `%2` chooses one
`%1` 或 `%2` 可选择一个

# kubeconfig_writer/commands/install_user_command.cc
the name of the user in the kubeconfig (needed)
kubeconfig 中的用户名称（必填）

replace a user of this name that is for another identity
替换属于其他身份的同名用户

needs --user, the name of the user
需要 --user，即用户的名称

wrote user %1 to %2
已将用户 %1 写入 %2

nothing to do: user %1 is in %2
无需操作：用户 %1 已在 %2 中

adds a user that runs it
添加运行它的用户

Adds a user to the kubeconfig that runs `credential_provider get` with the flags given here. No secret is written. `kubectl config set-context CONTEXT --cluster CLUSTER --user NAME` leads a context to it. Doing it again changes nothing.
向 kubeconfig 添加一个用户，它使用此处给出的选项运行 `credential_provider get`。不会写入密钥。`kubectl config set-context CONTEXT --cluster CLUSTER --user NAME` 使上下文指向它。重复执行不会有任何变化。

# kubeconfig_writer/commands/list_command.cc
no entries of this program
没有本程序的条目

the contexts that this program made, and the state of their credentials
本程序创建的上下文及其凭证的状态

Shows the contexts that lead to this program's users, in all files of the kubeconfig: cluster, issuer, identity flags or the plugin that `install exec` has wrapped, whom these stand for as far as this machine knows, file, and whether a credential is stored and when it expires, or what is missing. At a terminal the table has what is most asked for, and all with `-o wide`; in a pipe it has all. Uses no network.
显示 kubeconfig 的所有文件中指向本程序用户的上下文：集群、签发者、身份选项或 `install exec` 所包装的插件、在本机已知范围内它们代表的身份、文件，以及是否已保存凭证、何时到期，或缺少什么。在终端中表格显示最常用的内容，使用 `-o wide` 时显示全部；在管道中显示全部。不使用网络。

# kubeconfig_writer/commands/migrate_command.cc
also when the cluster then knows the caller as another user
即使之后集群将调用者识别为另一个用户，也进行迁移

keep the old kubeconfig, with its key, in this new file (default: no backup)
将旧的 kubeconfig 连同其密钥保存到此新文件（默认值：不备份）

the cluster, when the certificate's issuer does not tell
集群，用于证书的签发者未表明集群时

name a file that is not there yet with --backup
用 --backup 指定一个尚不存在的文件

the old key is good until %1 wherever it was copied to, unless %2 `%3`
旧密钥无论被复制到何处，在 %1 之前都有效，除非%2 `%3`

you run
运行

the old key is good until %1 wherever it was copied to, unless %2, whose it is, runs `%3`
旧密钥无论被复制到何处，在 %1 之前都有效，除非其所有者 %2 运行 `%3`

migrated user %1 in %2: it runs credential_provider now; contexts: %3
已迁移 %2 中的用户 %1：它现在运行 credential_provider；上下文：%3

no backup was kept
未保留备份

the old file is in %1, the key included: delete it when all is well
旧文件在 %1 中，包含密钥：一切正常后将其删除

left alone: %1
未改动：%1

the backup is of %1 already
该备份已用于 %1

migrate one file at a time, with --kubeconfig
用 --kubeconfig 每次迁移一个文件

removed what was kept of %1 for undo: it held the key
已删除为撤销而保留的 %1 的内容：其中包含密钥

context: %1: cluster %2, a key until %3
上下文：%1：集群 %2，密钥有效期至 %3

not migrated
未迁移

nothing to do: user %1 runs credential_provider already
无需操作：用户 %1 已在运行 credential_provider

not migrated: no context leads to it
未迁移：没有上下文指向它

if nobody needs its key, `%1` takes it out
如果没有人需要它的密钥，`%1` 可将其删除

users not migrated: %1 of %2
未迁移的用户：%1 个，共 %2 个

migrate: needs the name of one context, or --all
migrate：需要一个上下文的名称，或 --all

migrate: --cluster-id is for one context, not for --all
migrate：--cluster-id 用于单个上下文，不能用于 --all

# kubeconfig_writer/commands/provider_commands.cc
of the current-context, %1
针对当前上下文 %1

forget: the name of a context, or --all, and not both
forget：指定一个上下文的名称或 --all，不能同时指定

for --all; a context says itself where it stores
用于 --all；上下文自身决定保存位置

there is no current-context
没有当前上下文

the current-context, %1, is not of this program
当前上下文 %1 不是本程序的

no context of the kubeconfig leads to it
kubeconfig 中没有上下文指向它

`%1` makes one
`%1` 可创建一个

Walks the path of a run with the flags and variables of the context's exec stanza, the current one's without CONTEXT: configuration, plugin policy, network, clock, identity, STS, Container Service, credential, API server, list of namespaces, store. Stops at the first thing that is broken. For a cluster that no context leads to: `credential_provider doctor ack`.
使用上下文的 exec 配置段中的选项和变量（不指定 CONTEXT 时为当前上下文），逐步检查一次运行的过程：配置、插件策略、网络、时钟、身份、STS、容器服务、凭证、API Server、命名空间列表、存储。在第一个出现问题的步骤停止。对于没有上下文指向的集群：`credential_provider doctor ack`。

Explains what a kubectl with a context, the current one without CONTEXT, would meet now, and does none of it: whether kuberc lets it start this program, who would ask and why, what is stored, whether that would be served, renewed or replaced and by which rule, and what differs from what there is for the same cluster. Uses no network and writes nothing. The exit status is 1 when there would be no answer.
说明使用某个上下文（不指定 CONTEXT 时为当前上下文）的 kubectl 现在会遇到什么，但不实际执行：kuberc 是否允许它启动本程序，请求者是谁及原因，已保存什么，已保存的内容会被直接使用、续期还是替换以及依据哪条规则，以及与同一集群的已有内容有何不同。不使用网络，也不写入任何内容。如果不会得到应答，退出状态为 1。

who asks, and where the AccessKey comes from
请求者是谁，以及 AccessKey 的来源

Shows who asks in a context, the current one without CONTEXT: with the identity flags and variables of its exec stanza. Without a context of this program, or with identity flags, it is who asks in this shell. Asks STS. No secret is shown.
显示上下文（不指定 CONTEXT 时为当前上下文）中的请求者：使用其 exec 配置段中的身份选项和变量。没有本程序的上下文时，或使用身份选项时，显示此 shell 中的请求者。会向 STS 查询。不显示密钥。

what is stored, in all or of a context's cluster
已保存的内容，全部或某个上下文的集群的

removes what is stored of a context's cluster, or everything, with --all
清除上下文的集群的已保存内容；使用 --all 时清除全部内容

Removes all that is stored of the cluster of a context, the current one without CONTEXT, whoever asked for it, and the sessions of who asks now; the next kubectl asks again. Of a context with another plugin it is what `get exec` has stored of it. With --all it is everything. That nothing was stored is a warning and no failure.
清除上下文（不指定 CONTEXT 时为当前上下文）的集群的全部已保存内容，无论由谁请求，以及当前请求者的会话；下一个 kubectl 会重新请求。对于使用其他插件的上下文，清除 `get exec` 为它保存的内容。使用 --all 时清除全部内容。没有已保存的内容时只是警告，不算失败。

# kubeconfig_writer/commands/revoke_command.cc
do not ask, for scripts
不询问，用于脚本

only if that is who asks: the common name in the certificate of a key
仅当调用者与此相符时：密钥的证书中的通用名称

This revokes the kubeconfig that ACK has given %1 for cluster %2:
此操作将吊销 ACK 为集群 %2 签发给 %1 的 kubeconfig：

This revokes the kubeconfig that ACK has given %1 for cluster %2 (context %3):
此操作将吊销 ACK 为集群 %2（上下文 %3）签发给 %1 的 kubeconfig：

- every copy of it stops working, wherever it is
- 它的所有副本都会失效，无论位于何处

- temporary ones of this identity for this cluster, and what credential_provider has stored, probably too
- 此身份用于此集群的临时 kubeconfig，以及 credential_provider 已保存的内容，可能也会失效

- ACK makes a new one, with the usual time to live and new role bindings; kubectl goes on with a new certificate
- ACK 会生成新的 kubeconfig，使用通常的有效期和新的角色绑定；kubectl 使用新证书继续工作

- clusters made before about October 2019 may refuse it
- 约 2019 年 10 月之前创建的集群可能会拒绝此操作

Type yes to revoke it:
输入 yes 以吊销：

revoke: there is no terminal to ask for confirmation at
revoke：没有可用于确认的终端

it revokes the kubeconfig that ACK has given this identity for the cluster; --yes does it without asking
它会吊销 ACK 为该集群签发给此身份的 kubeconfig；使用 --yes 时不询问直接执行

not confirmed: nothing was done
未确认：未做任何更改

stored credentials
已保存的凭证

the caller is %1 (%2), and not %3: nothing was revoked
调用者是 %1（%2），而不是 %3：未吊销任何内容

choose who asks with --identity, --profile or --role-arn
用 --identity、--profile 或 --role-arn 选择调用者

revoke: with --yes it wants the name of a context, or --cluster-id
revoke：使用 --yes 时需要上下文的名称，或 --cluster-id

revoked the kubeconfig of %1 for cluster %2; stored credentials forgotten: %3
已吊销 %1 用于集群 %2 的 kubeconfig；清除的已保存凭证：%3

revokes your kubeconfig for a cluster
吊销自己用于某个集群的 kubeconfig

Revokes the kubeconfig that ACK has given the caller for one cluster, after a question. Every copy of it stops working, and probably temporary ones and certificates of the same identity for this cluster too; ACK makes a new one. Clusters made before about October 2019 may refuse it. What credential_provider has stored for this cluster is forgotten, so that the next kubectl gets a new certificate. Kubeconfigs of others are not touched: with --owner nothing is revoked unless the caller is who a key belongs to, as the name in its certificate says. Without CONTEXT it is the current one, but not with --yes. A context says which cluster and who asks; with --cluster-id no context is needed.
经询问后，吊销 ACK 为一个集群签发给调用者的 kubeconfig。它的所有副本都会失效，同一身份用于此集群的临时 kubeconfig 和证书可能也会失效；ACK 会生成新的 kubeconfig。约 2019 年 10 月之前创建的集群可能会拒绝此操作。credential_provider 为此集群保存的内容会被清除，以便下一个 kubectl 获取新证书。不影响其他人的 kubeconfig：使用 --owner 时，仅当调用者是密钥的所有者（以其证书中的名称为准）时才吊销。不指定 CONTEXT 时使用当前上下文，但使用 --yes 时除外。上下文决定是哪个集群以及请求者是谁；使用 --cluster-id 时不需要上下文。

# kubeconfig_writer/commands/states_command.cc
no kubeconfigs
没有 kubeconfig

the state of your kubeconfig for each cluster
自己用于各集群的 kubeconfig 的状态

Shows what ACK knows of the kubeconfigs that it has given this identity, one for each cluster: whether there is one (Unexpired, Expired, Unissued, Removed or Unknown) and when it expires. ACK means the long-lived one here; it does not say whether temporary ones count.
显示 ACK 所知的、签发给此身份的 kubeconfig 的情况，每个集群一个：是否存在（Unexpired、Expired、Unissued、Removed 或 Unknown）以及何时到期。ACK 在此指长期有效的 kubeconfig；未说明是否计入临时 kubeconfig。

# kubeconfig_writer/commands/undo_command.cc
take nothing back, but remove all backups of the file
不撤销任何更改，而是删除该文件的所有备份

there are no backups of %1
%1 没有备份

undo: no backups are kept in a CI job or without a HOME
undo：在 CI 作业中或没有 HOME 时不保留备份

run it where the change was made, or change the file by hand
在做出更改的位置运行，或手动更改该文件

reverted the last change of %1
已撤销 %1 的最近一次更改

--dry-run has nothing to show of it
--dry-run 没有可显示的内容

reverts the last change, if the file is still as it was left
撤销最近一次更改，前提是文件仍与更改后一致

Reverts the last change of this program to a kubeconfig, byte for byte. Refuses when the file is not byte for byte as it was left. The last five states of each file are kept in $XDG_STATE_HOME/kubeconfig_writer, for this user only; a state holds what the file held, static keys too. Root keeps them in its own home, also with the HOME of another user (sudo -E): only root's undo finds what root has changed; sudo -u USER makes it that user's own change.
逐字节撤销本程序对 kubeconfig 的最近一次更改。如果文件与更改后并非逐字节一致，则拒绝执行。每个文件的最近五个状态保存在 $XDG_STATE_HOME/kubeconfig_writer 中，仅供此用户使用；状态包含文件当时的内容，包括静态密钥。root 将其保存在自己的主目录中，即使使用其他用户的 HOME（sudo -E）：只有 root 的 undo 能找到 root 所做的更改；sudo -u USER 使其成为该用户自己的更改。

# kubeconfig_writer/commands/uninstall_command.cc
kept user %1 in %2: %3
保留了 %2 中的用户 %1：%3

it was there before `migrate` changed it
在 `migrate` 更改它之前它就已存在

the contexts that lead to it are not made by install
指向它的上下文不是由 install 创建的

gave user %1 in %2 its own plugin back
已为 %2 中的用户 %1 恢复其自己的插件

user %1
用户 %1

context %1
上下文 %1

removed %1 from %2
已从 %2 移除%1

removed context %1 from %2, with its user and cluster %3
已从 %2 移除上下文 %1 及其用户和集群 %3

nothing to do: no entries of this program
无需操作：没有本程序的条目

everything that install and `install exec` have added, in all files
install 和 `install exec` 在所有文件中添加的全部内容

uninstall: needs the names of contexts, or --all
uninstall：需要上下文的名称，或 --all

removes what install has added
移除 install 添加的内容

Removes the cluster, user and context that install has added, and nothing else: the file is as it was before. CONTEXT is a name that `list` shows, also one that was renamed since, or a pattern in quotes ('prod-*'). For `install exec` it is a context or the name of its user: the user's own plugin is restored. With --all, all of these at once; users that were there before `migrate`, or that other contexts lead to, stay and are named. What cannot be removed is named, and the others are. What credential_provider has stored for them is forgotten.
移除 install 添加的集群、用户和上下文，不移除其他内容：文件恢复为之前的状态。CONTEXT 是 `list` 显示的名称（包括之后被重命名的），或带引号的模式（'prod-*'）。对于 `install exec`，它是上下文或其用户的名称：恢复该用户自己的插件。使用 --all 时一次移除全部；在 `migrate` 之前已存在的用户，或有其他上下文指向的用户，会保留并列出。无法移除的会列出，其余的会移除。credential_provider 为它们保存的内容会被清除。

# kubeconfig_writer/commands/use_command.cc
not in the kubeconfig
不在 kubeconfig 中

`kubectl config get-contexts` shows those that are there
`kubectl config get-contexts` 可列出现有的上下文

use: needs the name of one context
use：需要一个上下文的名称

nothing to do
无需操作

context %1 is the current-context, in %2
上下文 %1 是当前上下文，位于 %2

makes a context the current one
将某个上下文设为当前上下文

Makes a context, whoever made it, the current-context, as `kubectl config use-context` does, and changes no other byte of the file but a comment that keeps the one before: uninstall gives that back.
与 `kubectl config use-context` 一样，将某个上下文（无论由谁创建）设为当前上下文，除一条用于保留原当前上下文的注释外，不更改文件的任何其他字节：uninstall 会恢复原当前上下文。

# kubeconfig_writer/commands/verify_command.cc
context: %1, in %2
上下文：%1，位于 %2

context: %1: cluster %2, user %3, in %4
上下文：%1：集群 %2，用户 %3，位于 %4

tests a context end to end
端到端测试一个上下文

Does what kubectl does with a context, the current one or any other, whoever made it: kuberc's plugin policy, the exec stanza or the static credential, the connection with the authority given, a review of the caller, the list of namespaces. Stops at the first thing that is broken and says what to do about it. Changes nothing; the plugin may store what it gets.
对一个上下文（当前上下文或任何其他上下文，无论由谁创建）执行 kubectl 会执行的操作：kuberc 的插件策略、exec 配置段或静态凭证、使用给定 CA 证书的连接、对调用者的核查、命名空间列表。在第一个出现问题的步骤停止，并说明如何处理。不做任何更改；插件可能会保存所获取的内容。

# kubeconfig_writer/commands/warm_command.cc
every context of this program
本程序的所有上下文

none of this program has that name
本程序的上下文中没有此名称

`kubeconfig_writer list` shows those that there are
`kubeconfig_writer list` 显示已有的上下文

runs another plugin
运行其他插件

its first use stores what that plugin prints
首次使用时会保存该插件输出的内容

warm: there is no current-context: name one, or --all
warm：没有当前上下文：指定一个，或使用 --all

context %1 and %2 more: %3
上下文 %1 以及另外 %2 个：%3

stored: %1, good already: %2
已保存：%1 个，原本有效：%2 个

warm: names of contexts, or --all, and not both
warm：指定上下文的名称或 --all，不能同时指定

asking for credentials
正在请求凭证

stopped before all were asked for
在全部请求完成之前已停止

what was stored stays; the same command goes on
已保存的内容会保留；再次运行同一命令会继续

stores credentials before anybody waits for them
提前保存凭证，避免使用时等待

For the contexts that are named, for all of this program, or for the current one: asks for a credential where none is stored, or where the stored one is in the last part of its life, many at a time. Who asks signs in once for all contexts that say the same. Prints nothing when there is nothing to do, as cron and login scripts like it. What was stored before a Ctrl-C stays. Contexts that run another plugin through `get exec` are left out.
对于指定的上下文、本程序的所有上下文或当前上下文：在没有已保存的凭证，或已保存的凭证处于有效期的最后阶段时请求凭证，多个请求同时进行。对于请求者相同的所有上下文，只登录一次。无需操作时不输出任何内容，适合 cron 和登录脚本。按 Ctrl-C 之前已保存的内容会保留。通过 `get exec` 运行其他插件的上下文不在其列。

# kubeconfig_writer/contexts/context_or_flags.cc
name a file that is there
指定一个存在的文件

takes one context
只接受一个上下文

context %1 says which cluster it is and who asks: give the one or the other
上下文 %1 已决定是哪个集群以及请求者是谁：二者只能指定其一

there is no current-context: name one
没有当前上下文：指定一个

# kubeconfig_writer/contexts/context_or_flags.h
instead of CONTEXT: the cluster, c and 32 hex digits, from the ACK console
代替 CONTEXT：集群，c 加 32 位十六进制数字，见 ACK 控制台

# kubeconfig_writer/contexts/context_stanza.cc
not of this program: its user %1 has a static credential (%2)
不是本程序的：其用户 %1 使用静态凭证（%2）

not of this program: its user %1 runs %2
不是本程序的：其用户 %1 运行 %2

not of this program: its user %1 uses an auth-provider
不是本程序的：其用户 %1 使用 auth-provider

not of this program: its user %1 has no credential
不是本程序的：其用户 %1 没有凭证

`%1` tests any context; `kubeconfig_writer list` shows those of this program
`%1` 可测试任何上下文；`kubeconfig_writer list` 显示本程序的上下文

its user %1: %2
其用户 %1：%2

install it again
重新写入

`%1` writes it anew
`%1` 可将其重新写入

runs another plugin through `get exec`
通过 `get exec` 运行其他插件

`%1` tests it; the plugin knows who asks
`%1` 可测试它；请求者是谁由该插件决定

`kubeconfig_writer list` shows those of this program
`kubeconfig_writer list` 显示本程序的上下文

its user %1 is not in the kubeconfig
其用户 %1 不在 kubeconfig 中

complete the context, or install it again
补全该上下文，或重新写入

# kubeconfig_writer/install/install_plan.cc
--use: %1 comes before %2 in KUBECONFIG, and has the current-context
--use：%1 在 KUBECONFIG 中位于 %2 之前，并且包含当前上下文

leave out --use, then `%1`
去掉 --use，然后运行 `%1`

asking about clusters
正在查询集群

an id is c and 32 hex digits; --name takes a cluster's name
ID 为 c 加 32 位十六进制数字；--name 接受集群的名称

# kubeconfig_writer/main.cc
kubeconfig_writer puts the exec stanza of credential_provider into a kubeconfig, and takes it out again.
kubeconfig_writer 将 credential_provider 的 exec 配置段写入 kubeconfig，也可将其移除。

Called kubectl-ack, as `kubectl ack` does, it is credential_provider too.
以 kubectl-ack 的名称调用时（如 `kubectl ack` 所做），它也是 credential_provider。

# kubeconfig_writer/migration/migration.cc
context %1 uses it too, for another server
上下文 %1 也使用它，但用于另一个服务器

give that context a user of its own first
先为该上下文配置单独的用户

old user: %1, still accepted
旧用户：%1，仍被接受

old user: %1, no longer accepted
旧用户：%1，不再被接受

accept whoever it is with --allow-other-user
用 --allow-other-user 接受任何登录身份

choose who asks with --identity, --profile or --role-arn, or accept the other user with --allow-other-user
用 --identity、--profile 或 --role-arn 选择调用者，或用 --allow-other-user 接受另一个用户

with the exec stanza
使用 exec 配置段

give the new user the role (RBAC) that the old one has
为新用户授予旧用户所拥有的角色（RBAC）

changed meanwhile
在此期间已被更改

the key is also %1
密钥还位于%1

in line %1, outside the user's fields
第 %1 行，该用户的字段之外

in line %1, outside the user's fields%2
第 %1 行，该用户的字段之外%2

in line %1, of user %2
第 %1 行，属于用户 %2

in line %1, of user %2, and %3
第 %1 行，属于用户 %2，以及%3

, and %1
，以及%1

take it out there too
也从该处移除

# kubeconfig_writer/migration/static_ack_user.cc
no client certificate with its key
没有客户端证书及其密钥

only the users of ACK's own kubeconfigs can be migrated
只能迁移 ACK 自己的 kubeconfig 中的用户

is set beside the certificate
与证书同时设置

user %1: %2: is set beside the certificate
用户 %1：%2：与证书同时设置

take it out of the user's entry first, if nothing needs it
如果没有什么需要它，先从该用户的条目中移除

client certificate
客户端证书

--cluster-id: the certificate was issued by cluster %1
--cluster-id：该证书由集群 %1 签发

leave the flag out
去掉该选项

neither the certificate's issuer nor the context's name is an ACK cluster
证书的签发者和上下文的名称均不是 ACK 集群

if it is one, give its id with --cluster-id
如果是 ACK 集群，用 --cluster-id 指定其 ID

# Subjects that a layer puts before a message; the place is last, for what follows it is in the place
user %1: %2
用户 %1：%2

context %1: %2
上下文 %1：%2

plugin %1
插件 %1

plugin %1: %2
插件 %1：%2

identity %1: %2
身份 %1：%2

backup: %1: %2
备份：%1：%2

# kubeconfig_writer/access/cluster_access.cc
the cluster's entry needs the authority that signed its server's certificate
集群条目需要签发其服务器证书的 CA 证书

server: missing
server：缺失

complete the cluster's entry: server: https://HOST:PORT
补全集群条目：server: https://HOST:PORT

server: not an https address, so no credential is sent there
server：不是 https 地址，因此不向其发送凭证

correct the server's address; kubectl starts no plugin for plain http either
更正服务器地址；对明文 http，kubectl 也不会启动插件

server: its address contains a user or password
server：地址中含有用户或密码

take it out of the address: a token or certificate belongs into the user's entry
将其从地址中删除：令牌或证书应写在用户条目中

insecure-skip-tls-verify: anybody may play this server, so no credential is sent there
insecure-skip-tls-verify：任何人都可能冒充该服务器，因此不向其发送凭证

give the cluster its certificate-authority-data instead
改为给集群设置 certificate-authority-data

# kubeconfig_writer/access/plugin_run.cc
interactiveMode is Always, and stdin is not a terminal
interactiveMode 为 Always，而标准输入不是终端

run this at a terminal
请在终端中运行

give it more time with --timeout
用 --timeout 给它更长的时间

run the command of the user's exec stanza by hand
手动运行该用户 exec 配置段中的命令

# kubeconfig_writer/access/user_credential.cc
credential
凭证

plugin
插件

plugin policy
插件策略

the plugin's answer
插件的应答

a client certificate %1
客户端证书，%1

a token %1
令牌，%1

that does not say when it expires
未说明何时过期

until %1 (%2)
有效期至 %1（%2）

expired at %1
已于 %1 过期

correct the path in the kubeconfig, or put the file there
更正 kubeconfig 中的路径，或将文件放到该处

the credential is in the kubeconfig: put a new one there, or `kubeconfig_writer migrate CONTEXT`
凭证就在 kubeconfig 中：在其中换上新的凭证，或运行 `kubeconfig_writer migrate CONTEXT`

a user name and its password
用户名及其密码

correct the user's exec stanza, or install it again
更正该用户的 exec 配置段，或重新写入

plugin: %1 answers in %2
插件：%1 以 %2 应答

the plugin gave out an expired credential: check this machine's clock, and the plugin's cache
插件给出了已过期的凭证：检查本机时钟和插件的缓存

no credential: neither a static one nor an exec stanza
没有凭证：既没有静态凭证，也没有 exec 配置段

complete the user's entry, or have `kubeconfig_writer install ack --cluster-id ID` write one
补全该用户的条目，或用 `kubeconfig_writer install ack --cluster-id ID` 写入一个

never started: kubectl takes the static credential beside the stanza
从不启动：kubectl 使用与配置段并存的静态凭证

# kubeconfig_writer/audit/finding.cc
let an exec plugin get a short-lived one (ACK: `kubeconfig_writer migrate`), then have this one revoked
让 exec 插件获取短期密钥（ACK：`kubeconfig_writer migrate`），然后吊销此密钥

let an exec plugin get short-lived ones, then have this one revoked
让 exec 插件获取短期令牌，然后吊销此令牌

let an exec plugin sign in, or a proxy know you otherwise; then change it
让 exec 插件登录，或让代理以其他方式识别你；然后更改密码

change it, and keep the new one in a file, variable or keyring that the plugin reads: name that place
更换它，并将新值保存在插件会读取的文件、变量或密钥环中：此处只写明其位置

take the field out, then change or revoke what was in it
删除该字段，然后更换或吊销其中的内容

rename the entry and what refers to it, then change or revoke what was in the name
重命名该条目及引用它的内容，然后更换或吊销名称中的内容

delete the line, then change or revoke what was in it
删除该行，然后更换或吊销其中的内容

chmod 600 on the file, go-w on the folder; setfacl -b on what has an access list
对文件执行 chmod 600，对目录执行 chmod go-w；对有访问控制列表的执行 setfacl -b

name the program by a path on which only you and root can change anything
用只有你和 root 能改动的路径来指定该程序

mend the file, then audit it again: secrets in it were not looked for
修复该文件，然后重新审计：尚未查找其中的密钥

# kubeconfig_writer/clusters/caller_names.cc
--context-name: {%1} is known with %2 only
--context-name：只有给出 %2 才知道 {%1}

give %1, or another name
给出 %1，或使用其他名称

# kubeconfig_writer/clusters/cluster_address.cc
the server's authority in ACK's answer is missing, or no certificate in PEM
ACK 应答中的服务器 CA 证书缺失，或不是 PEM 格式的证书

no https server in ACK's answer
ACK 应答中没有 https 服务器

kubectl could not use it either: look at the cluster's connection information in the ACK console
kubectl 也无法使用它：在 ACK 控制台查看该集群的连接信息

has no private endpoint
没有内网端点

has no public endpoint
没有公网端点

use --endpoint-type %1
使用 --endpoint-type %1

# kubeconfig_writer/clusters/cluster_addresses.cc
not asked about
未查询

# kubeconfig_writer/clusters/cluster_choice.cc
Which of these (numbers, or a part of a name)?
选择哪些（编号，或名称的一部分）？

This one (Enter), or which (numbers, or a part of a name)?
选择这个（回车），还是哪些（编号，或名称的一部分）？

instead of --cluster-id: the cluster of this name
代替 --cluster-id：使用此名称的集群

instead of --cluster-id: every running cluster, of --region if that is given
代替 --cluster-id：所有运行中的集群；若给出 --region，则限于该地域

instead of --cluster-id: asks which, at a terminal
代替 --cluster-id：在终端中询问选择哪些

not among those that this identity can see
不在此身份可见的集群之中

several have this name: %1
有多个集群使用此名称：%1

choose one with --cluster-id, or a region with --region
用 --cluster-id 选择其中一个，或用 --region 选择地域

not possible: %1
不可选：%1

not possible: %1 more
不可选：另有 %1 个

nothing was done: run this again, or choose with --cluster-id or --name
未做任何更改：重新运行，或用 --cluster-id 或 --name 选择

in none of the names
没有名称包含它

Tab marks one of several
按 Tab 键标记多个

exactly one of NAME-OR-ID, --cluster-id, --name, --all and --interactive is needed
NAME-OR-ID、--cluster-id、--name、--all 和 --interactive 必须且只能给出一个

--interactive: there is no terminal to ask at
--interactive：没有可供询问的终端

choose with --cluster-id, --name or --all
用 --cluster-id、--name 或 --all 选择

not one of the numbers from 1 to %1
不是 1 到 %1 之间的编号

no number given: nothing was done
未给出编号：未做任何更改

# kubeconfig_writer/clusters/context_name_template.cc
--context-name: gives an empty name
--context-name：得到的名称为空

--context-name: %1 has control characters: use {id}
--context-name：%1 含有控制字符：使用 {id}

--context-name: gives several clusters the name %1: use {id}
--context-name：使多个集群得到同一名称 %1：使用 {id}

--context-name: only {name}, {id}, {region}, {issuer}, {profile}, {role}, {account} and {alias} can be in braces
--context-name：花括号中只能是 {name}、{id}、{region}、{issuer}、{profile}、{role}、{account} 和 {alias}

--context-name: gives every cluster the same name: use {name} or {id}
--context-name：使每个集群得到相同的名称：使用 {name} 或 {id}

# kubeconfig_writer/clusters/fzf.cc
Which of these?
选择哪些？

none was picked: nothing was done
未选择任何一项：未做任何更改

# kubeconfig_writer/document/intended_change.cc
the edit would change %1, which it should not; nothing was written
此次编辑会改动不应改动的内容：%1；未写入任何内容

another entry than asked
所要求的条目以外的条目

a value on its way into the file
写入文件途中的值

what is beside the entry's content
条目内容之外的部分

other keys of the file
文件中的其他键

# kubeconfig_writer/document/kubeconfig_document.cc
nothing was changed: write the file anew, as `kubectl config view --raw` prints it, or name another one with --kubeconfig; then please report what the file looked like
未做任何更改：按 `kubectl config view --raw` 输出的内容重写该文件，或用 --kubeconfig 指定其他文件；之后请报告该文件原来的样子

an entry without content
没有内容的条目

no cluster %1
没有集群 %1

no context %1
没有上下文 %1

no user %1
没有用户 %1

%1: %2 is its only field
%1：%2 是其唯一的字段

nothing was changed: write it as UTF-8 (iconv -f UTF-16 -t UTF-8 does), or name another file with --kubeconfig
未做任何更改：将其改写为 UTF-8（可用 iconv -f UTF-16 -t UTF-8），或用 --kubeconfig 指定其他文件

nothing was changed: kubectl reads the first document alone; take out what is below the line, or name another file with --kubeconfig
未做任何更改：kubectl 只读取第一个文档；删除该行以下的内容，或用 --kubeconfig 指定其他文件

the edit would make a file that kubectl cannot read (%1); nothing was written
此次编辑会产生 kubectl 无法读取的文件（%1）；未写入任何内容

# kubeconfig_writer/edits/current_context_edit.cc
no current-context to take out
没有可删除的 current-context

# kubeconfig_writer/edits/edit_target.cc
the file
文件

refers to the entry that would change
引用了将要更改的条目

line %1: %2 is an alias
第 %1 行：以下部分是别名：%2

line %1: %2 has an anchor or a tag
第 %1 行：以下部分带有锚点或标签：%2

line %1: %2 has a merge key
第 %1 行：以下部分带有合并键：%2

# kubeconfig_writer/edits/field_edit.cc
the entry
条目

an alias is in what would change
将要更改的内容中有别名

a merge key is in what would change
将要更改的内容中有合并键

the entry has nothing but its dash
该条目除短横线外没有内容

nothing to put this field into
没有可放入此字段的位置

the field comes from a merge key
该字段来自合并键

# kubeconfig_writer/edits/list_edit.cc
no list to take an entry out of
没有可从中删除条目的列表

# kubeconfig_writer/entries/cluster_entry.cc
already in the kubeconfig, and not made by this program
已在 kubeconfig 中，且不是由本程序创建

choose another name with %1
用 %1 选择其他名称

already in the kubeconfig, for another cluster: %1
已在 kubeconfig 中，用于另一个集群：%1

choose another name with --context-name, or uninstall that one first
用 --context-name 选择其他名称，或先移除该条目

already in the kubeconfig, for another identity: %1
已在 kubeconfig 中，用于另一个身份：%1

whoever is found
自动找到的身份

give this one another name, or replace that one with --replace
为此条目另取名称，或用 --replace 替换已有的条目

not an entry that this program made
不是本程序创建的条目

# kubeconfig_writer/entries/connection.cc
the API server's address, such as a tunnel's, instead of ACK's; ack for ACK's again
API Server 的地址，例如隧道的地址，代替 ACK 的地址；ack 表示恢复为 ACK 的地址

the name that the server's certificate is checked for, beside such an address
与此类地址一同使用：检查服务器证书时所用的名称

the proxy that kubectl reaches the server through: http, https or socks5
kubectl 访问服务器所经的代理：http、https 或 socks5

the context's namespace
上下文的命名空间

not an https address: a credential would cross the network readable
不是 https 地址：凭证会以明文经过网络

not a host name or address
不是主机名或地址

begins with none of http://, https:// and socks5://
不以 http://、https:// 或 socks5:// 开头

has a user name in it: a kubeconfig is no place for a password; kubectl takes HTTPS_PROXY too
其中含有用户名：密码不应放在 kubeconfig 中；kubectl 也接受 HTTPS_PROXY

no HOST:PORT after it
其后没有 HOST:PORT

not a namespace: lower case letters, digits and -, up to 63
不是命名空间：应为小写字母、数字和 -，最多 63 个

# kubeconfig_writer/entries/forget_stored.cc
`%1` removes what is stored
`%1` 可删除已保存的内容

credential stored for the old entry: %1
为旧条目保存的凭证：%1

# kubeconfig_writer/entries/provider_command.cc
not found beside this program, in %1
未在本程序旁找到，所查目录为 %1

install both programs in one folder, or name it with --command
将两个程序安装在同一目录，或用 --command 指定它

in the folder that this program was started from
位于启动本程序的目录

where it is installed
位于其安装位置

the link that stays when it is upgraded
升级后仍保留的链接

there is no other path
没有其他路径

by name: kubectl would make a path below the kubeconfig's folder relative
按名称：kubectl 会把 kubeconfig 所在目录之下的路径变为相对路径

lies below the kubeconfig's folder, where kubectl would make the path relative
位于 kubeconfig 所在目录之下，kubectl 会把该路径变为相对路径

put %1 on the PATH
将 %1 放入 PATH

name a program, or a link to one, that is called %1 or %2, or leave the flag out
指定一个名为 %1 或 %2 的程序或其链接，或省略该选项

install or migrate it again
重新写入或迁移该条目

%1, which writes %2
%1，将会写入 %2

link both programs into a folder like ~/.local/bin, and from there %1
将两个程序链接到 ~/.local/bin 之类的目录，然后从该目录%1

--command: %1: not called %2 or %3, by which entries are known as ours
--command：%1：名称不是 %2 或 %3，而本程序的条目由此识别

--command: %1: no program that can be run
--command：%1：不是可运行的程序

as given with --command
由 --command 指定

by name, as before
按名称，与之前相同

names a version, so an upgrade takes it away
路径中含有版本，升级后将不复存在

# kubeconfig_writer/entries/uninstall_target.cc
its user %1 is not there, so nothing says whose it was
其用户 %1 不存在，因此无从得知它属于谁

`%1` removes it
`%1` 可将其删除

no entry that this program made, in %1
不是本程序创建的条目，所查文件为 %1

no entry that this program made, in %1 and the other files of KUBECONFIG
不是本程序创建的条目，所查文件为 %1 及 KUBECONFIG 中的其他文件

`%1` shows those that are there
`%1` 可列出现有的条目

a context, whose user is %1, and another context's user: which of them is meant?
既是一个上下文（其用户为 %1），又是另一个上下文的用户：指的是哪一个？

rename the context first: `%1`
先重命名该上下文：`%1`

not made by install: its user is %1
不是由 install 创建：其用户为 %1

`%1` removes that user, `%2` the context
`%1` 可删除该用户，`%2` 可删除该上下文

was there before `migrate` changed it, so it stays
在 `migrate` 更改它之前就已存在，因此予以保留

if nobody needs it: `%1`, and so its contexts and its cluster
若无人需要它：`%1`，其上下文和集群同样处理

# kubeconfig_writer/entries/wrapped_user.cc
not there, or without an exec stanza
不存在，或没有 exec 配置段

install exec wraps an exec plugin; `kubectl config view` shows which users have one
install exec 用于包装 exec 插件；`kubectl config view` 可查看哪些用户有 exec 插件

no command after get exec
get exec 之后没有命令

has a %1 beside its plugin
除插件外还有 %1

kubectl uses that and never starts the plugin: take it out of the user first
kubectl 会使用它，从不启动插件：先将其从该用户中删除

a command relative to the kubeconfig's folder
是相对于 kubeconfig 所在目录的命令

write its whole path there first
先在其中写出完整路径

uninstall could not give its stanza back as it is written
uninstall 将无法按原样恢复其配置段

nothing was changed: write command and args on lines of their own, without anchors, and try again
未做任何更改：将 command 和 args 各写在单独的行上，不使用锚点，然后重试

runs credential_provider already, which has a store
已在运行 credential_provider，它自带存储

nothing to do: install exec is for other plugins
无需操作：install exec 用于其他插件

not wrapped by this program
未被本程序包装

# kubeconfig_writer/file/backup.cc
set XDG_STATE_HOME to a folder of your own
将 XDG_STATE_HOME 设为你自己的目录

no backup
没有备份

there is nothing to take back: this program has not changed it, or has kept no backup of it (--no-backup, migrate, a CI job), or did so as another user
没有可撤销的更改：本程序未更改过它，或未保留其备份（--no-backup、migrate、CI 作业），或是以其他用户身份更改的

not a whole backup
不是完整的备份

`kubeconfig_writer undo --forget` removes all backups of the kubeconfig
`kubeconfig_writer undo --forget` 可删除该 kubeconfig 的所有备份

# kubeconfig_writer/file/edit_choice.h
print what would change as a diff, without secrets, and write nothing
以 diff 形式显示将要更改的内容，不含密钥，且不写入任何内容

keep no backup for undo
不保留用于撤销的备份

# kubeconfig_writer/file/file_access.cc
nothing was changed: %1
未做任何更改：%1

has mode %1, and a new file here gets %2
权限为 %1，而此处的新文件权限为 %2

name a file on another file system with --kubeconfig
用 --kubeconfig 指定其他文件系统上的文件

belongs to user %1, who could not use the new file
属于用户 %1，该用户将无法使用新文件

run this as that user, or name another file with --kubeconfig
以该用户身份运行，或用 --kubeconfig 指定其他文件

has mode %1 for group %2, which this user cannot give to the new file
对组 %2 的权限为 %1，而当前用户无法将该组赋予新文件

take the group's rights away with chmod g=, or run this as a member of that group
用 chmod g= 去掉该组的权限，或以该组成员身份运行

who may read it cannot be kept: %1
无法保留其读取权限：%1

remove its access control list with setfacl -b, or run this as its owner
用 setfacl -b 删除其访问控制列表，或以其所有者身份运行

mode %1 is kept: %2
保留权限 %1：%2

anybody can write it, and so have kubectl run what they like
任何人都能写入它，从而让 kubectl 运行任意程序

a kubeconfig needs no set-user-ID, set-group-ID or sticky bit
kubeconfig 不需要 set-user-ID、set-group-ID 或粘滞位

has %1 more name(s), hard links, which keep the old text
另有 %1 个名称（硬链接），它们仍是旧内容

as root, `find / -xdev -inum %1` shows them
以 root 身份运行 `find / -xdev -inum %1` 可列出它们

# kubeconfig_writer/file/kubeconfig_file.cc
other programs keep changing it
其他程序在不断更改它

run this again when they have finished
待它们结束后重新运行

there is nothing to write
没有可写入的内容

# kubeconfig_writer/file/kubeconfig_lock.cc
unknown age
未知

locked by another program for %1
被另一个程序锁定，时长：%1

this machine was started since, so its owner is gone: %1
此后本机已重启，其持有者已不存在：%1

if no kubectl is running, a killed one left it behind: %1
若没有 kubectl 在运行，则它是被终止的 kubectl 遗留的：%1

%1, which another program holds
%1（被另一个程序占用）

# kubeconfig_writer/file/kubeconfig_path.cc
KUBECONFIG: %1: no shell has expanded the ~
KUBECONFIG：%1：没有 shell 展开其中的 ~

write $HOME, or the whole path, in place of ~
用 $HOME 或完整路径代替 ~

kubeconfig: neither KUBECONFIG nor HOME is set
kubeconfig：KUBECONFIG 和 HOME 均未设置

name the file with --kubeconfig
用 --kubeconfig 指定文件

nothing was changed: name a file with --kubeconfig or KUBECONFIG
未做任何更改：用 --kubeconfig 或 KUBECONFIG 指定一个文件

# kubeconfig_writer/file/kubeconfig_path.h
the kubeconfig (default: as kubectl: KUBECONFIG, ~/.kube/config)
kubeconfig（默认值与 kubectl 相同：KUBECONFIG、~/.kube/config）

# kubeconfig_writer/file/kubeconfig_reader.cc
name a file that can be read with --kubeconfig or KUBECONFIG
用 --kubeconfig 或 KUBECONFIG 指定可读取的文件

nothing was changed: mend that line, or name another file with --kubeconfig
未做任何更改：修正该行，或用 --kubeconfig 指定其他文件

nothing was changed: mend the file, or name another one with --kubeconfig
未做任何更改：修正该文件，或用 --kubeconfig 指定其他文件

another program keeps changing it
另一个程序在不断更改它

# kubeconfig_writer/file/kubeconfig_target.cc
name another file with --kubeconfig or KUBECONFIG
用 --kubeconfig 或 KUBECONFIG 指定其他文件

nothing was changed: name a file in a folder that you can write with --kubeconfig or KUBECONFIG, or set HOME to your own
未做任何更改：用 --kubeconfig 或 KUBECONFIG 指定位于可写目录中的文件，或将 HOME 设为你自己的目录

a link in a folder that others can write
是一个链接，位于他人可写的目录中

name the file that it leads to
指定它所指向的文件

a link to %1, and there is no folder %2
是指向 %1 的链接，而目录 %2 不存在

make that folder, correct the link, or name another file with --kubeconfig
创建该目录，更正该链接，或用 --kubeconfig 指定其他文件

somebody has put a link in its place
有人在其位置放了一个链接

nothing was changed: look at who can write its folder, then run this again
未做任何更改：查看谁能写入其所在目录，然后重新运行

# kubeconfig_writer/file/locked_replace.cc
nothing was changed: kubectl's lock and the new file are made in this folder, so it must be writable
未做任何更改：kubectl 的锁和新文件都创建在该目录中，因此该目录必须可写

nothing was changed: make room on its disk, then run this again
未做任何更改：在其所在磁盘上腾出空间，然后重新运行

nothing was changed: `lsattr` and `ls -l` show what protects it; or name another file with --kubeconfig
未做任何更改：`lsattr` 和 `ls -l` 可查看它受何保护；或用 --kubeconfig 指定其他文件

check the disk and the folder of the file, or name another one with --kubeconfig
检查该文件所在的磁盘和目录，或用 --kubeconfig 指定其他文件

read-only
只读

chmod u+w it, or name another file with --kubeconfig
对它执行 chmod u+w，或用 --kubeconfig 指定其他文件

a mount point, so no new file can replace it
是挂载点，因此无法用新文件替换它

nothing was changed: mount its folder instead of the file, or name another file with --kubeconfig
未做任何更改：改为挂载其所在目录而不是该文件，或用 --kubeconfig 指定其他文件

nothing was changed: --no-backup does without a backup
未做任何更改：使用 --no-backup 则不做备份

# kubeconfig_writer/file/merged_kubeconfig.cc
not base64
不是 base64

that field wants the PEM text in base64
该字段应为 base64 编码的 PEM 文本

# kubeconfig_writer/file/undo.cc
has been changed since this program changed it at %1
在本程序于 %1 更改之后又被更改过

nothing was changed: take the later change back first
未做任何更改：先撤销之后的更改

# kubeconfig_writer/schema/exec_stanza.cc
interactiveMode must be Never, IfAvailable or Always
interactiveMode 必须是 Never、IfAvailable 或 Always

command is missing
缺少 command

apiVersion is neither v1 nor v1beta1 of client.authentication.k8s.io
apiVersion 既不是 client.authentication.k8s.io 的 v1，也不是 v1beta1

a variable in env has no name
env 中有一个变量没有名称

# kubeconfig_writer/schema/kubeconfig_schema.cc
line %1: %2 must be %3
第 %1 行：%2 应为：%3

a mapping
映射

a list
列表

text; quote it
文本；为其加上引号

true or false
true 或 false

a list of texts; quote them
文本列表；为各项加上引号

a mapping of texts
文本的映射

a mapping of text lists
文本列表的映射

line %1: the name "%2" is twice in %3
第 %1 行：名称「%2」在 %3 中出现两次

unknown shape
未知的形式

line %1: not a kubeconfig: %2 is not %3
第 %1 行：不是 kubeconfig：%2 不是 %3

not a kubeconfig: no mapping of keys
不是 kubeconfig：没有键的映射

# kubeconfig_writer/schema/user_fields.cc
user %1: %2 and %3 are both set, which kubectl refuses
用户 %1：同时设置了 %2 和 %3，kubectl 会拒绝

cluster %1: %2 and %3 are both set, which kubectl refuses
集群 %1：同时设置了 %2 和 %3，kubectl 会拒绝

take one of them out of the entry
从条目中删除其中一个

a line break or control character, which kubectl refuses
含有换行或控制字符，kubectl 会拒绝

take it out of the user's entry
将其从用户条目中删除

only `as` is understood here
此处只支持 `as`

let kubectl itself say whom the cluster sees: kubectl auth whoami --context CONTEXT
让 kubectl 自己说明集群看到的是谁：kubectl auth whoami --context CONTEXT

# kubeconfig_writer/yaml/value_edit.cc
an alias is here
此处是别名

something follows the value
该值之后还有内容

this value cannot be replaced safely
无法安全地替换此值

# kubeconfig_writer/yaml/yaml_check.cc
the escape \/ is unknown to kubectl; write / alone
kubectl 不认识转义 \/；只写 /

this tag is not supported
不支持此标签

infinity and not-a-number cannot be used
不能使用无穷大和非数字

a number too large
数字过大

a merge key needs a mapping
合并键需要一个映射

a merge key needs mappings
合并键的各项都必须是映射

a merge key must be first in its mapping
合并键必须位于其映射的首位

a key that is not a name
键不是名称

a key is twice in one mapping
同一映射中有重复的键

a tag within brackets is not supported
不支持括号内的标签

kubectl does not take ? within brackets; quote the text
kubectl 不接受括号内的 ?；为该文本加上引号

a tag on a list or mapping is not supported
不支持列表或映射上的标签

# kubeconfig_writer/yaml/yaml_edit.cc
something follows this value
此值之后还有内容

a block of text ends the file without a line break, which belongs to its value; add one
文件以文本块结尾且没有换行，而换行属于该文本块的值；补上换行

a key without its colon on the same line
键与其冒号不在同一行

an entry that does not begin its line
条目不在行首

something follows the entry
该条目之后还有内容

a key after a question mark
问号之后的键

something else is on the line of this key
此键所在的行还有其他内容

a comment is beside the entry, within brackets
括号内的条目旁有注释

# credential_provider/commands/export_credentials_command.cc
hand over an AccessKey that does not expire, too
也允许交出不会过期的 AccessKey

a permanent key, which the command and all that it starts could keep
是长期 AccessKey，该命令及其启动的所有程序都可能将其留存

assume a role with --role-arn, or hand the key over with %1
用 --role-arn 扮演 RAM 角色，或用 %1 交出该 AccessKey

this is the command after --: is it there, on the PATH, and executable?
这是 -- 之后的命令：它是否存在、在 PATH 中且可执行？

export-credentials: needs the command that is to be run, after --
export-credentials：需要在 -- 之后给出要运行的命令

runs a command with the temporary key of who asks
使用请求者的临时 AccessKey 运行命令

Runs COMMAND with the temporary key of who asks in its environment, by the names that SDKs, aliyun, Terraform and ossutil know (ALIBABA_CLOUD_ACCESS_KEY_ID and so on), and the region if one is known. What is there of another identity is taken out. The key is in no file and no argument; COMMAND takes the place of this program, so signals and exit status are its own. A role is assumed anew, for its whole duration. A permanent key is refused without --permanent-key.
运行 COMMAND，并在其环境变量中设置请求者的临时 AccessKey，变量名为 SDK、aliyun、Terraform 和 ossutil 所识别的名称（ALIBABA_CLOUD_ACCESS_KEY_ID 等），已知地域时一并设置地域。其中属于其他身份的变量会被移除。AccessKey 不出现在任何文件或参数中；COMMAND 取代本程序，因此信号和退出状态都是它自己的。RAM 角色会重新扮演，有效期为完整时长。不使用 --permanent-key 时，拒绝交出长期 AccessKey。

# credential_provider/commands/login_command.cc
starts no browser here: for a machine without one, or over ssh
不在此处启动浏览器：用于没有浏览器的机器，或通过 ssh 使用时

the longest that it waits for you to sign in: 1s to 1h (default: 10m)
等待登录的最长时间：1s 到 1h（默认值：10m）

not a time between 1s and 1h
不是 1s 到 1h 之间的时长

signed in
已登录

until
有效期至

%1Z, in %2
%1Z，%2 后

not said
未说明

%1, and renews itself
%1，并会自动续期

nothing was changed; `%1` tries again
未做任何更改；`%1` 可重试

the sign-in is written; asking STS whose it is
登录信息已写入；正在向 STS 查询其身份

signed in, but not who it is: %1
已登录，但无法得知是谁：%1

signs in again to a profile of mode CloudSSO or OAuth
重新登录模式为 CloudSSO 或 OAuth 的配置

Signs in again to a profile of `aliyun` whose sign-in has expired: the one of --profile, else the current one, or what it builds on. Mode CloudSSO shows an address and a code, which you confirm in any browser, on any machine. Mode OAuth starts a browser that comes back to this program; where there is none, paste the address at which the browser ends. Writes the new tokens into the profile, and nothing else: which profile is the current one stays. Until you have signed in, Ctrl-C changes nothing. No token is shown.
重新登录 `aliyun` 中登录已过期的配置：--profile 指定的配置，否则为当前配置，或它所依赖的配置。CloudSSO 模式显示一个地址和一个代码，可在任意机器上的任意浏览器中确认。OAuth 模式启动浏览器，登录后浏览器会返回本程序；没有浏览器时，粘贴浏览器最终停留的地址。只将新令牌写入该配置，不写入其他内容：当前配置保持不变。登录完成之前，按 Ctrl-C 不做任何更改。不显示令牌。

# credential_provider/sign_in/browser.cc
too long an address for a browser
地址过长，浏览器无法打开

not an address for a browser
不是浏览器可打开的地址

# credential_provider/sign_in/browser_sign_in.cc
a browser was started; sign in there, or open this address on this machine:
已启动浏览器；在其中登录，或在本机上打开此地址：

open this address in a browser on this machine and sign in:
在本机的浏览器中打开此地址并登录：

open this address in any browser and sign in:
在任意浏览器中打开此地址并登录：

or, where the browser cannot come back by itself, paste %1
如果浏览器无法自行返回，则在此处粘贴%1

the browser ends at a page that it cannot open: paste %1
浏览器最终会停在一个无法打开的页面：在此处粘贴%1

its address, http://127.0.0.1:…, here
其地址，即 http://127.0.0.1:…

waiting for %1 at most; Ctrl-C gives up
最多等待 %1；按 Ctrl-C 放弃

what was pasted is not taken: %1
未采用所粘贴的内容：%1

no address was pasted
未粘贴地址

nobody signed in within %1
%1 内无人登录

end another sign-in that still waits, or use --no-browser
结束仍在等待的另一次登录，或使用 --no-browser

# credential_provider/sign_in/device_sign_in.cc
a browser was started; sign in there, or in any other, at
已启动浏览器；在其中或任何其他浏览器中登录，地址如下

sign in with any browser, also on another machine, at
用任意浏览器登录，也可在另一台机器上，地址如下

and confirm the code %1 (within %2; Ctrl-C gives up)
并确认代码 %1（在 %2 内；按 Ctrl-C 放弃）

the portal takes this code no longer: it has expired, or was used by somebody
门户已不再接受此代码：它已过期，或已被他人使用

the code was not confirmed in time: nobody signed in within %1
代码未及时确认：%1 内无人登录

the sign-in was refused in the browser
登录在浏览器中被拒绝

# credential_provider/sign_in/profile_sign_in.cc
`aliyun configure list` shows those that there are
`aliyun configure list` 显示现有的配置

the profiles of `aliyun` are in this file: it has to be one that you can read
`aliyun` 的配置在此文件中：它必须是您可以读取的文件

ALIBABA_CLOUD_CONFIG_FILE says so: is that the file that is meant?
这是 ALIBABA_CLOUD_CONFIG_FILE 指定的：是否就是要用的文件？

`%1` (or OAuth) makes a profile to sign in to
`%1`（或 OAuth）可创建用于登录的配置

a new config.json is made in this folder and renamed: make it writable
新的 config.json 会在此目录中创建并重命名：请使该目录可写

mode %1 needs no sign-in by a person
模式 %1 无需人工登录

`%1` shows whose key it has
`%1` 显示其 AccessKey 属于谁

was changed meanwhile; nothing was written
在此期间已被更改；未写入任何内容

# credential_provider/sign_in/redirect.cc
the sign-in site refused: %1
登录站点拒绝：%1

not an address of %1
不是 %1 的地址

it belongs to another sign-in: its state is not this one's
它属于另一次登录：其 state 与本次登录的不同

it has no code
其中没有 code

not the address at which the browser ends: http://127.0.0.1:…
不是浏览器最终停留的地址：http://127.0.0.1:…

# credential_provider/sign_in/redirect_listener.cc
The browser is done. Go back to the terminal, which says whether you are signed in; this page can be closed.
浏览器的操作已完成。请返回终端查看是否已登录；可以关闭此页面。

Not signed in. Go back to the terminal; this page can be closed.
未登录。返回终端即可；可以关闭此页面。

There is nothing here.
此处没有内容。

This belongs to another sign-in, and nothing was done with it.
此请求属于另一次登录，未对其做任何处理。

the ports %1 to %2 of 127.0.0.1 are all in use
127.0.0.1 的端口 %1 到 %2 均已被占用

# credential_provider/sources/aliyun/config_file.cc
run `%1`, which also makes that profile the current one
运行 `%1`，这也会使该配置成为当前配置

# credential_provider/sources/aliyun/edited_profile.cc
the edit would have changed more than it should
此次编辑会改动不应改动的内容

# credential_provider/sources/aliyun/oauth_tokens.cc
reply: field "refresh_token" is missing
应答：缺少字段「refresh_token」

# kubeconfig_writer/clusters/cluster_choice.cc
only with --all or --interactive
仅可与 --all 或 --interactive 一起使用

--region: several only with --all or --interactive
--region：仅在使用 --all 或 --interactive 时可指定多个

# kubeconfig_writer/clusters/context_name_template.cc
--context-name: gives cluster %1, which several profiles see, one name: use {profile}, or one of them
--context-name：使多个配置均可见的集群 %1 得到同一名称：使用 {profile}，或只用其中一个配置

# kubeconfig_writer/clusters/fleet_flags.cc
of many: those whose name fits, such as 'prod-*' in quotes
用于多个集群：名称匹配的集群，例如带引号的 'prod-*'

of many: those of this type; or several, with commas
用于多个集群：此类型的集群；可用逗号分隔多个类型

of many: those in this state; or several, with commas
用于多个集群：处于此状态的集群；可用逗号分隔多个状态

of many: those with this tag, or with KEY; of several, with commas, all
用于多个集群：带有此标签或 KEY 的集群；用逗号分隔多个时须全部具备

of many: those of this resource group; or several, with commas
用于多个集群：此资源组的集群；可用逗号分隔多个资源组

--region: all, or names of regions, and not both
--region：all 或地域名称，不能同时指定

--tag: not KEY or KEY=VALUE
--tag：不是 KEY 或 KEY=VALUE

# kubeconfig_writer/clusters/fleet_flags.h
the cluster's region (default: the central endpoint); of many: one, several, with commas, or all
集群的地域（默认值：中心端点）；用于多个集群时：一个地域、以逗号分隔的多个，或 all

which address of the API server: public, private, or auto, the public one where there is one (default: public)
API Server 的地址类型：public（公网）、private（内网）或 auto（有公网地址时使用公网地址）（默认值：public）

the profile of ~/.aliyun/config.json, or section of ~/.alibabacloud/credentials; for many clusters also several, with commas
~/.aliyun/config.json 中的配置，或 ~/.alibabacloud/credentials 中的节；用于多个集群时也可用逗号分隔多个

# kubeconfig_writer/commands/clusters_command.cc
only the clusters of this region; or several, with commas (default: all)
仅显示此地域的集群；可用逗号分隔多个地域（默认值：所有地域）

none of the profiles could be used
所有配置均无法使用

Shows the ACK clusters that the identity can see: id, name, region, type (managed, dedicated, serverless, edge, lingjun or registered), state, version, and the public and private address of the API server. At a terminal the table is short: whether there is a public address or only a private one; all is there with `-o wide`, and in a pipe; tags and resource groups in `-o json`. Of several profiles it says whose each is; the status is 1 when one of them failed.
显示此身份可见的 ACK 集群：ID、名称、地域、类型（managed、dedicated、serverless、edge、lingjun 或 registered）、状态、版本，以及 API Server 的公网和内网地址。在终端中表格较短：只显示有公网地址，还是仅有内网地址；使用 `-o wide` 时和在管道中显示全部内容；标签和资源组在 `-o json` 中显示。有多个配置时，显示每个集群属于哪个配置；其中一个失败时退出状态为 1。

# kubeconfig_writer/commands/install_command.cc
write those variables of this shell that say who asks, and are no secret, into the stanza
将此 shell 中决定请求者且不是密钥的变量写入 exec 配置段

--profile: several only with --all
--profile：仅在使用 --all 时可指定多个

# kubeconfig_writer/commands/list_command.cc
by ack-ram-tool: %1; `%2` takes it over, with the same identity
使用 ack-ram-tool：%1；`%2` 可接管它，身份不变

by ack-ram-tool: %1; `%2` takes them over, with the same identity, and replaces every static key of ACK
使用 ack-ram-tool：%1；`%2` 可接管它们，身份不变，并替换 ACK 的所有静态密钥

# kubeconfig_writer/commands/migrate_command.cc
every user with a certificate that an ACK cluster issued, or with ack-ram-tool
持有由 ACK 集群签发的证书，或使用 ack-ram-tool 的所有用户

the old file is in %1
旧文件在 %1 中

ack-ram-tool keeps its certificates in ~/.kube/cache/ack-ram-tool
ack-ram-tool 将其证书保存在 ~/.kube/cache/ack-ram-tool 中

context: %1: cluster %2, by ack-ram-tool
上下文：%1：集群 %2，使用 ack-ram-tool

nothing to migrate: no user has a certificate that an ACK cluster issued, or runs ack-ram-tool
没有可迁移的内容：没有用户持有由 ACK 集群签发的证书或运行 ack-ram-tool

replaces an ACK user's static key, or ack-ram-tool, by the exec stanza
将 ACK 用户的静态密钥或 ack-ram-tool 替换为 exec 配置段

Replaces the user of a context, a client certificate of an ACK cluster with its key, by the exec stanza, after signing in with it to the same server. A user with ack-ram-tool is replaced in the same way, and what that was told of who asks is taken over. Cluster, contexts, other users, comments and the user's own extensions stay; certificate and key leave the file, and a copy is kept only with --backup, not for `undo`. The flags of `install ack` say who asks; the cluster is read from the certificate. If that fails, nothing is changed. The last line is the command that revokes the old key.
将上下文的用户（ACK 集群的客户端证书及其密钥）替换为 exec 配置段，替换前先用它登录同一服务器。使用 ack-ram-tool 的用户以同样方式替换，并沿用其中指定的请求者。集群、上下文、其他用户、注释和该用户自己的扩展保持不变；证书和密钥从文件中移除，仅使用 --backup 时保留副本，不为 `undo` 保留。`install ack` 的选项决定请求者；集群从证书中读取。如果失败，则不做任何更改。最后一行是吊销旧密钥的命令。

# kubeconfig_writer/commands/prompt_line.h
one short line for a shell's prompt: context, identity, time left
用于 shell 提示符的一行短文本：上下文、身份、剩余时间

# kubeconfig_writer/commands/provider_commands.cc
as this shell signs in; %1
采用此 shell 的登录身份；%1

the context that says who asks (default: the current one)
决定请求者的上下文（默认值：当前上下文）

takes one context and %1 at most; a context says itself where it stores
最多接受一个上下文和 %1；上下文自身决定保存位置

Shows what is stored, of the cluster of CONTEXT or in all: cluster, identity, issuer, expiry, last renewal and where; and where new credentials are kept. No secret is shown. With --prompt it is one short line for a shell's prompt about CONTEXT, the current one without, or nothing where there is nothing to say: see docs/prompt.md.
显示 CONTEXT 的集群的或全部的已保存内容：集群、身份、签发者、到期时间、上次续期时间及保存位置；以及新凭证保存在何处。不显示密钥。使用 --prompt 时，输出用于 shell 提示符的一行短文本，说明 CONTEXT（不指定时为当前上下文）；没有可说明的内容时不输出：参见 docs/prompt.md。

runs a command with the temporary key of who asks in a context
使用上下文中请求者的临时 AccessKey 运行命令

Runs COMMAND with the temporary key of who asks in a context, the current one without --context, in its environment: as Terraform, ossutil, aliyun and the SDKs look for it (ALIBABA_CLOUD_ACCESS_KEY_ID and so on), and the region. What is there of another identity is taken out. The key is in no file and no argument; COMMAND takes the place of this program, so signals and exit status are its own. A role is assumed anew, for its whole duration. A permanent key is refused without --permanent-key.
运行 COMMAND，并在其环境变量中设置上下文（不使用 --context 时为当前上下文）中请求者的临时 AccessKey，变量名为 Terraform、ossutil、aliyun 和 SDK 所查找的名称（ALIBABA_CLOUD_ACCESS_KEY_ID 等），并设置地域。其中属于其他身份的变量会被移除。AccessKey 不出现在任何文件或参数中；COMMAND 取代本程序，因此信号和退出状态都是它自己的。RAM 角色会重新扮演，有效期为完整时长。不使用 --permanent-key 时，拒绝交出长期 AccessKey。

signs in again, with CloudSSO or OAuth, where that has expired
登录已过期时，以 CloudSSO 或 OAuth 重新登录

Signs in again to the profile of `aliyun` that a context, the current one without CONTEXT, goes by, or to that of --profile: of mode CloudSSO by a code that you confirm in any browser, of mode OAuth by a browser that comes back to this program, or by pasting the address at which it ends. Writes the new tokens into that profile, and nothing else: which profile is the current one stays. Until you have signed in, Ctrl-C changes nothing. No token is shown.
重新登录上下文（不指定 CONTEXT 时为当前上下文）所用的 `aliyun` 配置，或 --profile 指定的配置：CloudSSO 模式通过在任意浏览器中确认代码登录，OAuth 模式通过会返回本程序的浏览器登录，或粘贴浏览器最终停留的地址。只将新令牌写入该配置，不写入其他内容：当前配置保持不变。登录完成之前，按 Ctrl-C 不做任何更改。不显示令牌。

# kubeconfig_writer/commands/sync_command.cc
take ACK's address also where another was set
即使已设置其他地址，也采用 ACK 的地址

say what would be done, and write nothing
说明将执行的操作，不写入任何内容

remove the contexts whose clusters are gone, with cluster and user
移除集群已不存在的上下文，及其集群和用户条目

makes the kubeconfig what the cloud says
使 kubeconfig 与云端一致

Adds contexts for the running ACK clusters that have none yet, puts right what is missing in those that are there, and names those whose cluster is gone, which --prune removes. Which cluster a context is for, and who asks, says its exec stanza: contexts may be renamed, and so may clusters; a context keeps its name, its flags and its command. Entries of other identities, regions and of other programs are left alone, and a filter only narrows what is added and put right. Nothing is printed when nothing was to be done, as cron likes it. The status is 1 when an account, a cluster or the file failed: of an account that cannot be listed nothing is removed.
为尚无上下文的运行中的 ACK 集群添加上下文，补全现有上下文中缺少的内容，并列出集群已不存在的上下文，--prune 会将其移除。上下文对应哪个集群以及请求者是谁，由其 exec 配置段决定：上下文可以重命名，集群也可以；上下文保留其名称、选项和命令。其他身份、其他地域和其他程序的条目保持不变；筛选条件只限定添加和补全的范围。无需操作时不输出任何内容，适合 cron。有账号、集群或文件失败时退出状态为 1：对于无法列出集群的账号，不移除其任何内容。

# kubeconfig_writer/commands/sync_report.cc
removed %1: its cluster is gone
已移除%1：其集群已不存在

remove %1: its cluster is gone
移除%1：其集群已不存在

would %1
将%1

gone: cluster %1 of context %2, which --prune removes
已不存在：上下文 %2 的集群 %1，--prune 会移除该上下文

added%1context %2 of cluster %3
已为集群 %3 添加上下文%1%2

add%1context %2 of cluster %3
为集群 %3 添加上下文%1%2

completed%1context %2
已补全上下文%1%2

complete%1context %2
补全上下文%1%2

changed context %1: %2
已更改上下文 %1：%2

change%1context %2: %3
更改上下文%1%2：%3

kept server %1 of context %2, which is not ACK's %3: --server %4 takes that
保留了上下文 %2 的服务器 %1，它不是 ACK 的 %3：--server %4 采用后者

no current-context any more: it %1, which is gone
不再有当前上下文：它%1，而该集群已不存在

is%1of the cluster of %2
属于%1%2 的集群

was%1of the cluster of %2
原属于%1%2 的集群

context %1 is%2the current-context, the only one
上下文%2%1 是当前上下文，且是唯一的上下文

context %1 would be%2the current-context, the only one
上下文%2%1 将成为当前上下文，且是唯一的上下文

in all: %1 added, %2 changed, %3 removed, %4 as they were
合计：已添加 %1 个，已更改 %2 个，已移除 %3 个，未变 %4 个

in all: %1 added, %2 changed, %3 removed, %4 as they were, %5 gone
合计：已添加 %1 个，已更改 %2 个，已移除 %3 个，未变 %4 个，集群已不存在 %5 个

in all: %1 added, %2 changed, %3 removed, %4 as they were, %5 failed
合计：已添加 %1 个，已更改 %2 个，已移除 %3 个，未变 %4 个，失败 %5 个

in all: %1 added, %2 changed, %3 removed, %4 as they were, %5 gone, %6 failed
合计：已添加 %1 个，已更改 %2 个，已移除 %3 个，未变 %4 个，集群已不存在 %5 个，失败 %6 个

in all: %1 added, %2 changed, %3 removed, %4 as they were, %5 skipped (%6)
合计：已添加 %1 个，已更改 %2 个，已移除 %3 个，未变 %4 个，已跳过 %5 个（%6）

in all: %1 added, %2 changed, %3 removed, %4 as they were, %5 gone, %6 skipped (%7)
合计：已添加 %1 个，已更改 %2 个，已移除 %3 个，未变 %4 个，集群已不存在 %5 个，已跳过 %6 个（%7）

in all: %1 added, %2 changed, %3 removed, %4 as they were, %5 failed, %6 skipped (%7)
合计：已添加 %1 个，已更改 %2 个，已移除 %3 个，未变 %4 个，失败 %5 个，已跳过 %6 个（%7）

in all: %1 added, %2 changed, %3 removed, %4 as they were, %5 gone, %6 failed, %7 skipped (%8)
合计：已添加 %1 个，已更改 %2 个，已移除 %3 个，未变 %4 个，集群已不存在 %5 个，失败 %6 个，已跳过 %7 个（%8）

in all: %1 to add, %2 to change, %3 to remove, %4 as they are
合计：将添加 %1 个，将更改 %2 个，将移除 %3 个，不变 %4 个

in all: %1 to add, %2 to change, %3 to remove, %4 as they are, %5 gone
合计：将添加 %1 个，将更改 %2 个，将移除 %3 个，不变 %4 个，集群已不存在 %5 个

in all: %1 to add, %2 to change, %3 to remove, %4 as they are, %5 failed
合计：将添加 %1 个，将更改 %2 个，将移除 %3 个，不变 %4 个，失败 %5 个

in all: %1 to add, %2 to change, %3 to remove, %4 as they are, %5 gone, %6 failed
合计：将添加 %1 个，将更改 %2 个，将移除 %3 个，不变 %4 个，集群已不存在 %5 个，失败 %6 个

in all: %1 to add, %2 to change, %3 to remove, %4 as they are, %5 skipped (%6)
合计：将添加 %1 个，将更改 %2 个，将移除 %3 个，不变 %4 个，已跳过 %5 个（%6）

in all: %1 to add, %2 to change, %3 to remove, %4 as they are, %5 gone, %6 skipped (%7)
合计：将添加 %1 个，将更改 %2 个，将移除 %3 个，不变 %4 个，集群已不存在 %5 个，已跳过 %6 个（%7）

in all: %1 to add, %2 to change, %3 to remove, %4 as they are, %5 failed, %6 skipped (%7)
合计：将添加 %1 个，将更改 %2 个，将移除 %3 个，不变 %4 个，失败 %5 个，已跳过 %6 个（%7）

in all: %1 to add, %2 to change, %3 to remove, %4 as they are, %5 gone, %6 failed, %7 skipped (%8)
合计：将添加 %1 个，将更改 %2 个，将移除 %3 个，不变 %4 个，集群已不存在 %5 个，失败 %6 个，已跳过 %7 个（%8）

%1 has a name that nobody could type
%1 个名称无法键入

%1 has a name that nobody could type, %2
%1 个名称无法键入，%2

%1: has no public endpoint
%1：没有公网端点

%1 has no public endpoint
%1 个没有公网端点

%1 has no public endpoint, %2
%1 个没有公网端点，%2

%1: has no private endpoint
%1：没有内网端点

%1 has no private endpoint
%1 个没有内网端点

%1 has no private endpoint, %2
%1 个没有内网端点，%2

%1 is not running
%1 个未在运行

its state is %1
其状态为 %1

its state is %1, %2
其状态为 %1，%2

stopped: %1 clusters were not asked about
已停止：%1 个集群未查询

the same command goes on with these
再次运行同一命令会继续处理这些集群

# kubeconfig_writer/install/shell_identity.cc
another shell lacks %1, which says who asks: %2
其他 shell 没有 %1，而它决定请求者：%2

nobody can ask there
在那里没有可用的请求者

another shell lacks %1, which says who asks: %2 asks there
其他 shell 没有 %1，而它决定请求者：在那里，请求者是：%2

a kubeconfig is no place for a secret: keep it in a profile of aliyun, and install with --profile NAME
密钥不应放在 kubeconfig 中：将其保存在 aliyun 的配置中，并使用 --profile NAME 写入

no secret is in%1it:%2--with-env --replace writes%3it%4into the stanza
其中没有密钥：使用%1--with-env --replace%2会将它写入%3exec%4配置段

no secret is in%1them:%2--with-env --replace writes%3them%4into the stanza
其中没有密钥：使用%1--with-env --replace%2会将它们写入%3exec%4配置段

# kubeconfig_writer/install/sync_plan.cc
--prune: nothing is removed: none of the %1 contexts is of a cluster that this identity can see, so it may be another account
--prune：未移除任何内容：%1 个上下文均不属于此身份可见的集群，因此可能是另一个账号

`kubeconfig_writer whoami` says who asks; --profile makes sure; `kubeconfig_writer uninstall` removes contexts
`kubeconfig_writer whoami` 显示请求者是谁；--profile 可明确指定；`kubeconfig_writer uninstall` 移除上下文

# kubeconfig_writer/migration/ack_ram_tool_user.cc
its stanza of %1: %2
其 %1 的 exec 配置段：%2

install the cluster again, with the flags that say who asks: `kubeconfig_writer install`
使用决定请求者的选项重新写入该集群：`kubeconfig_writer install`

an argument that is no flag
有一个参数不是选项

# kubeconfig_writer/migration/migration.cc
whoever ack-ram-tool signs in as
ack-ram-tool 登录所用的身份

nothing says as whom ack-ram-tool signs in: %1
无从得知 ack-ram-tool 以谁的身份登录：%1

make it work once more, or accept whoever it is with --allow-other-user
使它再成功运行一次，或用 --allow-other-user 接受任何登录身份

neither the cluster nor a certificate says as whom the exec stanza signs in; %1
集群和证书均未表明 exec 配置段以谁的身份登录；%1

the key%1does as %2
密钥以%1%2 的身份登录

ack-ram-tool%1does as %2
ack-ram-tool 以%1%2 的身份登录

the exec stanza signs in as %1, the key%2as %3
exec 配置段以 %1 的身份登录，密钥以%2%3 的身份登录

the exec stanza signs in as %1, ack-ram-tool%2as %3
exec 配置段以 %1 的身份登录，ack-ram-tool 以%2%3 的身份登录

# what the system, libcurl and libyaml say
No such file or directory
没有那个文件或目录

Permission denied
权限不足

Operation not permitted
不允许的操作

No space left on device
设备上没有剩余空间

Read-only file system
只读的文件系统

Is a directory
是一个目录

Not a directory
不是目录

File exists
文件已存在

Connection refused
连接被拒绝

Input/output error
输入/输出错误

Could not connect to server
无法连接到服务器

Could not resolve hostname
无法解析主机名

Could not resolve proxy name
无法解析代理的主机名

Timeout was reached
已超时

Transferred a partial file
只传输了文件的一部分

Failure when receiving data from the peer
接收对方的数据时失败

Failed sending data to the peer
向对方发送数据时失败

Server returned nothing (no headers, no data)
服务器没有返回任何内容（没有标头，没有数据）

SSL connect error
SSL 连接错误

did not find expected ',' or ']'
未找到应有的 ',' 或 ']'

did not find expected ',' or '}'
未找到应有的 ',' 或 '}'

did not find expected key
未找到应有的键

mapping values are not allowed in this context
此处不允许使用映射值
)zh";

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_LANGUAGE_ZH_CN_H_
