# scripts/setup among package managers that only write down what they are asked
# for: on a PATH of its own, in a copy of the tree, so that nothing real is
# installed and nothing is written elsewhere; nor does it see what /usr/sbin has.
load common

# The tree, and what is on the shelves, is made once; each test has a copy.
setup_file() {
	set -e
	local root=${BATS_TEST_DIRNAME%/*} package
	new=${BATS_FILE_TMPDIR:-$(mktemp -d "${TMPDIR:-/tmp}/mail-lab.XXXXXX")}
	export new
	cd "$new"
	mkdir -p bin sbin shelf tree/scripts
	# shellcheck disable=SC2046 # a path each
	ln -s $(command -v awk cat chmod cp dirname env grep ln mkdir mktemp rm sh tail tr) bin/
	for package in cc clang clang-format shellcheck cppcheck mandoc bats patch gmake reformime curl valgrind; do
		echo '#!/bin/sh' >"shelf/$package"
	done
	printf '#!/bin/sh\necho GNU Make 4.3\n' >shelf/make
	chmod +x shelf/*
	cp shelf/patch bin/
	echo cc >shelf/gcc
	echo reformime >shelf/maildrop
	echo bats >shelf/bats-core
	echo bats >shelf/bash-bats
}
teardown_file() { [ -n "${BATS_FILE_TMPDIR-}" ] || rm -rf "$new"; }

setup() {
	common_setup
	cp -R "$new/." .
	read_in "$root/scripts/setup"
	printf '%s' "${content//\"\/usr\/sbin\//\"$work/sbin/}" >tree/scripts/setup
	[[ $content == *'"/usr/sbin/'* ]] || return 1
	user root
}
teardown() { common_teardown; }

# fake FILE [LINE]: a program that does what the line says.
fake() {
	printf '#!/bin/sh\n%s\n' "${2:-:}" >"$1"
	fakes+=("$1")
}

# manager NAME: it writes down how it was called, and what is on the shelf under
# the names it is given is then on PATH (or what the file there names).
manager() {
	fake "bin/$1" "echo $1 \"\$@\" >>'$work/asked'
		for word do
			file='$work/shelf/'\$word
			if [ -x \"\$file\" ]; then
				cp \"\$file\" '$work/bin/'
			elif [ -f \"\$file\" ]; then
				read -r name <\"\$file\"
				cp \"$work/shelf/\$name\" '$work/bin/'
			fi
		done"
}

# lender NAME: lends root's rights and asks for no password.
lender() { fake "bin/$1" "[ \"\$*\" = '-n true' ] || { echo by $1 >>'$work/asked'; \"\$@\"; }"; }

user() { if [ "$1" = root ]; then fake bin/id 'echo 0'; else fake bin/id 'echo 1000'; fi; }

# present COMMAND...: they are installed already.
present() { cp "${@/#/shelf/}" bin/; }

run_setup() {
	[ ${#fakes[@]} -eq 0 ] || chmod +x "${fakes[@]}"
	fakes=()
	run env -i PATH="$work/bin" HOME="$work" TMPDIR="$work" sh tree/scripts/setup "$@" </dev/null
}

# asked LINE...: exactly so the package managers were called.
asked() {
	printf '%s\n' "$@" >expected
	: >>asked
	same expected asked
}

apt='apt-get -qq -y -o DPkg::Lock::Timeout=60'
apt="$apt --no-install-recommends --no-remove install"

@test "setup -h prints its usage; another argument is a usage error" {
	run_setup -h
	ends 0
	says 'usage: setup [dev|bench|fuzz]'
	run_setup prod
	ends 64
	run_setup dev bench
	ends 64
	[ "$(sh tree/scripts/setup prod 2>/dev/null)" = "" ]
}

@test "where all is present, setup says so in a line and asks for nothing" {
	manager apt-get
	present cc make bats
	run_setup
	ends 0
	[ "$output" = "setup: nothing to do: all is here" ]
	[ ! -e asked ]
	[ ! -e tree/build ]
}

@test "on a bare Debian, root gets the lists, then each thing that is missing" {
	manager apt-get
	run_setup
	ends 0
	asked 'apt-get -qq update' "$apt gcc libc6-dev" "$apt make" "$apt bats"
}

@test "what is there already is not asked for" {
	manager apt-get
	present make bats
	run_setup
	asked 'apt-get -qq update' "$apt gcc libc6-dev"
}

@test "lists of packages that are locked are waited for, and nothing else is" {
	manager apt-get
	mv bin/apt-get bin/free
	chmod +x bin/free
	fake bin/apt-get "[ ! -e '$work/locked' ] || {
		echo 'E: Could not get lock /var/lib/apt/lists/lock' >&2
		exit 100
	}
	exec free \"\$@\""
	fake bin/sleep "echo slept \"\$@\" >>'$work/asked'; rm -f '$work/locked'"
	: >locked
	present cc make
	run_setup
	ends 0
	asked 'slept 5' 'apt-get -qq update' "$apt bats"
	rm asked bin/bats
	fake bin/apt-get 'exit 100'
	run_setup
	[ ! -e asked ]
}

@test "patch is for the tests too, and nobody is held up who cannot have it" {
	manager apt-get
	rm bin/patch
	present cc make bats
	run_setup
	ends 0
	asked 'apt-get -qq update' "$apt patch"
	rm bin/patch
	user bob
	run_setup
	ends 0
	[ -z "$output" ]
}

@test "a compiler that finds no headers is a missing compiler" {
	manager apt-get
	present make bats
	fake bin/cc 'exit 1'
	run_setup
	ends 0
	asked 'apt-get -qq update' "$apt gcc libc6-dev"
}

@test "Fedora's names" {
	manager dnf
	run_setup
	ends 0
	dnf='dnf -q -y --setopt=install_weak_deps=False install'
	asked "$dnf gcc glibc-devel" "$dnf make" "$dnf bats"
}

@test "Alpine's names" {
	manager apk
	run_setup
	ends 0
	asked 'apk add --no-cache gcc musl-dev' 'apk add --no-cache make' \
		'apk add --no-cache bats'
}

@test "Arch's names" {
	manager pacman
	run_setup
	ends 0
	pacman='pacman -S --needed --noconfirm'
	asked "$pacman gcc" "$pacman make" "$pacman bash-bats"
}

@test "FreeBSD has a compiler; GNU make is called gmake there, and setup says so" {
	manager pkg
	present cc
	fake bin/make 'exit 1'
	run_setup
	ends 0
	says gmake
	asked 'pkg install gmake' 'pkg install bats-core'
}

@test "brew is asked by the user herself, never by sudo" {
	manager brew
	manager sudo
	user alice
	present cc make
	run_setup
	ends 0
	asked 'brew install bats-core'
}

@test "a user whose sudo asks for no password installs by it" {
	manager dnf
	lender sudo
	user alice
	present cc make
	run_setup
	ends 0
	asked 'by sudo' 'dnf -q -y --setopt=install_weak_deps=False install bats'
}

@test "doas does as well as sudo" {
	manager apk
	lender doas
	user alice
	present cc make
	run_setup
	ends 0
	asked 'by doas' 'apk add --no-cache bats'
}

@test "without a compiler or a way to one, a line says what to ask for" {
	manager apt-get
	fake bin/sudo 'exit 1'
	user bob
	run_setup
	ends 69
	[ "$output" = \
		"setup: not here: cc make; ask the administrator to install gcc libc6-dev make" ]
	[ ! -e asked ]
	rm bin/apt-get
	run_setup
	ends 69
	[ "$output" = "setup: not here: cc make; ask the administrator to install cc make" ]
}

@test "what the package manager could not do is told in its own last line" {
	fake bin/apt-get 'echo Reading lists; echo "E: no such package" >&2; exit 100'
	present make bats
	run_setup
	ends 69
	says 'setup: could not install gcc libc6-dev: E: no such package'
	[ "${output#*Reading}" = "$output" ]
}

@test "a user with a compiler and npm has bats in build/bats" {
	user bob
	present cc make
	fake bin/npm "mkdir -p node_modules/bats/bin; cp '$work/shelf/bats' node_modules/bats/bin/"
	run_setup
	ends 0
	[ "$output" = "setup: bats is in build/bats" ]
	[ -x tree/build/bats/bats ]
	run_setup
	[ "$output" = "setup: nothing to do: all is here" ]
}

@test "a user with a compiler and apt-get has Debian's bats unpacked in build/bats" {
	user bob
	present cc make
	fake bin/apt-get '[ "$*" = "download bats" ] && echo >bats_1_all.deb'
	fake bin/dpkg-deb "mkdir -p usr/bin; cp '$work/shelf/bats' usr/bin/"
	run_setup
	ends 0
	[ "$output" = "setup: bats is in build/bats" ]
	[ -x tree/build/bats/bats ]
}

@test "a user without bats is told in one line, and the demo can run" {
	user bob
	present cc make
	fake bin/apt-get 'echo "E: no network" >&2; exit 100'
	fake bin/npm 'echo "npm error" >&2; exit 1'
	run_setup
	ends 0
	[ "$output" = \
		"setup: no bats, so no make test: ask the administrator to install bats" ]
	[ ! -e tree/build/bats ]
}

@test "setup dev brings the linters too, and fails where one is not to be had" {
	manager apt-get
	present cc make bats clang
	run_setup dev
	ends 0
	asked 'apt-get -qq update' "$apt clang-format" "$apt shellcheck" "$apt cppcheck" \
		"$apt mandoc"
	rm bin/cppcheck shelf/cppcheck
	run_setup dev
	ends 69
	says 'setup: left out cppcheck'
}

@test "setup fuzz brings AFL++ and valgrind, and names what is not to be had" {
	manager apt-get
	present cc make bats
	run_setup fuzz
	ends 0
	asked 'apt-get -qq update' "$apt afl++" "$apt valgrind"
	says 'setup: left out afl-fuzz'
}

@test "setup bench names what this system lacks, and goes on" {
	manager dnf
	present cc make bats
	for program in qprint munpack msmtp socat lighttpd; do
		fake "bin/$program"
	done
	fake sbin/smtp-source
	run_setup bench
	ends 0
	dnf='dnf -q -y --setopt=install_weak_deps=False install'
	asked "$dnf maildrop" "$dnf curl" "$dnf wrk" "$dnf darkhttpd"
	says 'setup: left out wrk darkhttpd'
}

@test "on Debian setup bench installs nothing: it unpacks, with the libraries that are missing" {
	present cc make bats
	user bob
	for program in qprint munpack reformime msmtp curl wrk socat lighttpd; do
		fake "bin/$program"
	done
	fake bin/apt-get "echo apt-get \"\$@\" >>'$work/asked'
		case \$* in
		*darkhttpd*) exit 100 ;;
		-s*) printf 'Inst postfix (3.7)\nInst libdb (5.3)\nRemv exim4\n' ;;
		download*) echo >postfix_3.7_all.deb; echo >libdb_5.3_all.deb ;;
		esac"
	fake bin/dpkg-deb "case \$1\$2 in
		-xpostfix*) mkdir -p \"\$3/usr/sbin\"; cp '$work/shelf/curl' \"\$3/usr/sbin/smtp-source\" ;;
		-xlibdb*) mkdir -p \"\$3/usr/lib\"; echo >\"\$3/usr/lib/libdb.so\" ;;
		-Wpostfix*) printf 'postfix\\t3.7\\n' ;;
		esac"
	run_setup bench
	ends 0
	says 'setup: left out darkhttpd'
	simulated='apt-get -s --no-install-recommends install'
	asked "$simulated postfix" 'apt-get download postfix libdb' \
		"$simulated darkhttpd" 'apt-get download darkhttpd'
	[ -x tree/build/peers/usr/sbin/smtp-source ]
	[ -e tree/build/peers/usr/lib/libdb.so ]
	reads tree/build/peers/versions "$(printf 'postfix\t3.7')"
	run_setup bench
	[ "${output#*unpacking postfix}" = "$output" ]
}
