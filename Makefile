# mail-lab: make, make demo, make test. Everything that is made is under build/.

B = build
# What would make the shells, bats and the checks of exercises do something else than is tested.
unexport POSIXLY_CORRECT BASH_ENV LAB_HEADERS LAB_TIME BOX
PREFIX ?= /usr/local
# Overflows that slip through are caught at run time, where compiler and libc can.
HARDEN = -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
CFLAGS ?= -O2 -g $(HARDEN)
MACOS := $(filter Darwin,$(shell uname -s))
LDFLAGS ?= $(if $(MACOS),,-Wl,-z,relro,-z,now)
# iconv(3) is in libc, but for macOS.
LDLIBS += $(if $(MACOS),-liconv)
# All processors build, unless make is told otherwise, has several goals (make clean all), or
# a goal that begins make for its jobs itself.
JOBS := $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
ITSELF = test asan tsan fuzz
ifeq ($(word 2,$(MAKECMDGOALS))$(filter $(ITSELF),$(MAKECMDGOALS))$(findstring -j,$(MAKEFLAGS)),)
MAKEFLAGS += -j$(JOBS)
endif

PROGRAMS = talk smtp-toy replay compare-transcripts transcript-to-pcap smtp-send smtp-server \
	mail-queue b64 qp mime-encode mime-decode wiretap pop3-server pop3-fetch http-server http-get \
	confine examine free-ports hunt own-programs walk
DRIVERS = drive-qp drive-wire mutate table converse
# Programs whose main is played by converse, in a process of its own.
PLAYED = smtp-server smtp-toy pop3-server http-server mime-encode mime-decode \
	compare-transcripts replay
ROW_DRIVERS = $(wildcard lessons/*/rows-*.c)
SHARED_BY_ROWS = $(addprefix $(B)/,rows.o row-memory.o row-text.o row-peer.o)
ROW_OBJECTS = $(patsubst %.c,$(B)/%.o,$(notdir $(ROW_DRIVERS)))

# C11 and POSIX, and the names of the systems that hide err.h and flock without them.
STANDARD = -std=c11 -D_POSIX_C_SOURCE=200809L -D_DARWIN_C_SOURCE -D__BSD_VISIBLE=1 \
	-D_NETBSD_SOURCE
INCLUDE = -Ilessons -Iclient -Iserver -Iscripts
# What a file may include: lessons and its own side. Client and server never see each other, tests
# and the rows of exercises see both.
SEEN = $(if $(filter tests/%,$<)$(findstring /row,$<),$(INCLUDE), \
	-Ilessons -I$(firstword $(subst /, ,$<)))
WARNINGS = -Wall -Wextra
STRICT = -Wall -Wextra -Wpedantic -Wshadow -Wvla -Wstrict-prototypes \
	-Wmissing-prototypes -Werror
# For students' programs: what is not initialized is not zero by chance.
PATTERN = -ftrivial-auto-var-init=pattern
# A short line for each command; make V=1 shows them whole.
say = $(if $(V),,@echo '  $(1) $@';)
COMPILE = $(STANDARD) $(SEEN) $(WARNINGS) $(CPPFLAGS) $(CFLAGS) -pthread

all: $(PROGRAMS:%=$(B)/%) $(ROW_OBJECTS)

# A program is its own file and those modules of the archive that it uses; talk and
# smtp-toy use none.
SOURCES = $(filter-out $(ROW_DRIVERS),$(wildcard lessons/*/*.c client/*/*.c server/*/*.c))
MODULES = $(notdir $(SOURCES:.c=))
$(B)/modules.a: $(MODULES:%=$(B)/%.o)
	@rm -f $@
	$(call say,AR)$(AR) rcs $@ $^
	@printf '%s\n' '$(CC)' '$(filter -fsanitize% -fno-sanitize%,$(CFLAGS))' \
		'$(STANDARD) $(INCLUDE)' '$(STRICT)' >$(B)/compiler
	@echo 'int x;' | $(CC) $(PATTERN) -Werror -x c -c -o $(B)/pattern.o - 2>/dev/null && \
		echo '$(PATTERN)' >>$(B)/compiler || echo >>$(B)/compiler

$(B)/%: $(B)/%.o $(B)/modules.a
	$(call say,LINK)$(CC) $(CFLAGS) -pthread $(LDFLAGS) -o $@ $(filter %.o,$^) \
		$(filter %.a,$^) $(LDLIBS)
# What is tried in the classroom runs within the same limits.
$(B)/confine: $(B)/limits.o
$(B)/table: $(addprefix $(B)/,table-calls.o table-wire.o row-memory.o row-text.o)
$(B)/converse: $(addprefix $(B)/,scene-run.o scene-look.o $(PLAYED:%=main-%.o) row-text.o)
$(B)/main-%.o: %.c Makefile
	@mkdir -p $(B)
	$(call say,CC)$(CC) $(COMPILE) -Dmain=$(subst -,_,$*)_main -MMD -MP -c -o $@ $<
$(B)/examine: $(addprefix $(B)/,compile.o crash.o debugger.o excerpt.o exercise.o limits.o \
	places.o report.o row-text.o run.o run-dialogue.o run-rows.o story.o trial.o watch.o work.o)
$(B)/hunt: $(addprefix $(B)/,compile.o crash.o excerpt.o exercise.o limits.o places.o row-text.o run.o \
	run-dialogue.o run-rows.o story.o watch.o work.o)
$(B)/own-programs: $(addprefix $(B)/,compile.o exercise.o limits.o places.o watch.o work.o)
$(B)/free-ports: $(B)/hold-port.o
$(B)/walk: $(addprefix $(B)/,hold-port.o places.o screen.o window.o work.o)

vpath %.c client server tests scripts/classroom $(sort $(dir $(SOURCES) $(ROW_DRIVERS)))
$(B)/%.o: %.c Makefile
	@mkdir -p $(B)
	$(call say,CC)$(CC) $(COMPILE) -MMD -MP -c -o $@ $<
# The driver of an exercise's rows, whole but for the student's file and the modules.
$(ROW_OBJECTS): $(B)/rows-%.o: rows-%.c $(SHARED_BY_ROWS) Makefile
	$(call say,CC)$(CC) $(COMPILE) -MMD -MP -MF $(@:.o=.d) -MT $@ -r -nostdlib -o $@ $< \
		$(SHARED_BY_ROWS)
-include $(wildcard $(B)/*.d)
.SECONDARY:

# The page that it leaves is served to a browser by make show.
demo: all
	@rm -rf $(B)/alice-to-bob
	@MAIL_LAB_BUILD=$(B) sh scripts/alice-to-bob --keep $(B)/alice-to-bob
	@echo "make show serves it to your browser."

show: all
	@[ -e $(B)/alice-to-bob/index.html ] || $(MAKE) --no-print-directory demo >/dev/null
	@$(B)/http-server -l localhost:0 $(B)/alice-to-bob | { read -r _ _ where && \
		echo "For your browser, until Ctrl-C: http://$$where/"; cat; }

# Each file of tests is one make job, so they run side by side, three for each processor, since
# many wait for something; what each printed is then counted in one place. The checks of exercises
# wait for nothing, and come last. Thousands of programs begin sooner in the POSIX locale; make asan
# tries them in one's own.
LOCALE = C
CHECKS = $(addprefix tests/,hunt.bats own-programs.bats try.bats watch.bats forgeries.bats grade.bats \
	gradebook.bats lab.bats handout.bats examine.bats right.bats mutants.bats) \
	$(wildcard tests/exercise-*.bats)
TESTS = $(filter-out $(CHECKS),$(wildcard tests/*.bats)) $(CHECKS)
TAPS = $(TESTS:tests/%.bats=$(B)/%.tap)
test:
	@$(MAKE) --no-print-directory -j$(JOBS) B=$(B) all
	@command -v bats >/dev/null || [ -x build/bats/bats ] || { sh scripts/setup; \
		command -v bats >/dev/null || [ -x build/bats/bats ]; }
	@rm -f $(TAPS)
	@TMPDIR=$$(sh tests/scratch) $(MAKE) --no-print-directory -j$$((3 * $(JOBS))) B=$(B) $(TAPS)
	@awk -f tests/summary.awk $(TAPS) </dev/null

$(B)/%.tap: tests/%.bats $(DRIVERS:%=$(B)/%)
	@PATH="$$PATH:$$PWD/build/bats" MAIL_LAB_BUILD=$(B) LC_ALL=$(LOCALE) \
		bats --tap $< >$@ 2>&1 </dev/null || :
	@awk -v quiet=1 -f tests/summary.awk $@

# Those who make a handout, or hunt, do not each make all of it.
$(addprefix $(B)/,handout.tap hunt.tap install.tap relative.tap): $(B)/hunted/made

SANITIZE = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=all
# Without the checks of exercises, for students' programs are sanitized wherever they are tried,
# and without those of texts and scripts, whose programs other tests try.
SANITIZED = $(filter-out $(CHECKS) $(addprefix tests/,chinese.bats english.bats install.bats \
	passages.bats relative.bats setup.bats spoken-scripts.bats),$(TESTS))
asan:
	@$(MAKE) --no-print-directory B=build/asan CFLAGS='$(SANITIZE)' LDFLAGS= \
		LOCALE= TESTS='$(SANITIZED)' test

# Races between threads, which only the servers have.
tsan:
	@$(MAKE) --no-print-directory B=build/tsan CFLAGS='-O1 -g -fsanitize=thread' LDFLAGS= \
		LOCALE= TESTS='$(SANITIZED)' test

# For hours of the machine: what AFL++ finds in the programs, and what shows only in the long run.
FUZZ_BUILD = $(MAKE) --no-print-directory -j$(JOBS) B=build/fuzz/bin CC=afl-clang-fast \
	CFLAGS='$(SANITIZE)' LDFLAGS=build/fuzz/bin/fuzz-peer.o LDLIBS='$(LDLIBS)'
fuzz:
	@command -v afl-clang-fast >/dev/null || sh scripts/setup fuzz
	@AFL_QUIET=1 $(FUZZ_BUILD) build/fuzz/bin/fuzz-peer.o
	@AFL_QUIET=1 $(FUZZ_BUILD)
	@FUZZ_TIME='$(FUZZ_TIME)' sh tests/fuzz $(ONLY)

$(B)/fuzz-peer.so: tests/fuzz-peer.c
	$(call say,LINK)$(CC) $(COMPILE) -fPIC -shared -o $@ $<

soak: all $(DRIVERS:%=$(B)/%) $(B)/fuzz-peer.so
	@TMPDIR=$$(sh tests/scratch) MAIL_LAB_BUILD=$(B) bash tests/soak $(ONLY)

# What it takes, and what others take for the same work: make bench ROWS='codecs http'
bench: all $(B)/bench/measure $(B)/bench/floor
	@MAIL_LAB_BUILD=$(B) sh tests/bench/bench $(ROWS)

$(B)/bench/%: tests/bench/%.c
	@mkdir -p $(B)/bench
	$(call say,CC)$(CC) $(COMPILE) $(LDFLAGS) -o $@ $<

# The wrong programs that students hunt, where there is patch(1) to make them with.
$(B)/hunted/made: $(B)/hunt $(B)/modules.a $(wildcard tests/wrong/*.patch lessons/*/exercise) \
		scripts/classroom/lab-wrong
	$(call say,HUNTED)rm -rf $(@D); command -v patch >/dev/null || exit 0; \
		for exercise in lessons/*/exercise; do MAIL_LAB_BUILD=$(B) \
		sh scripts/classroom/lab-wrong $(@D) $${exercise%/exercise} || exit; done; touch $@

# For students without git; and the answers, for their teacher.
handout: all $(B)/hunted/made
	@MAIL_LAB_BUILD=$(B) sh scripts/classroom/handout

lint:
	@CC='$(CC)' STANDARD='$(STANDARD) $(INCLUDE)' STRICT='$(STRICT)' sh tests/lint

# What students are handed out, which has no answers, for everybody on this host. mail-lab is
# scripts/lab; the other programs have common names, and are at hand in mail-lab shell.
LIBEXEC = $(PREFIX)/libexec/mail-lab
SHARE = $(PREFIX)/share/mail-lab
install: all $(B)/hunted/made
	rm -rf $(B)/tree
	MAIL_LAB_BUILD=$(B) sh scripts/classroom/handout -t $(B)/tree
	umask 022 && mkdir -p '$(DESTDIR)$(PREFIX)/bin' '$(DESTDIR)$(PREFIX)/share/man/man1' \
		'$(DESTDIR)$(LIBEXEC)' '$(DESTDIR)$(SHARE)'
	cp -R $(B)/tree/build/* $(B)/tree/scripts/* '$(DESTDIR)$(LIBEXEC)'
	cp -R $(B)/tree/lessons $(B)/tree/client $(B)/tree/server '$(DESTDIR)$(SHARE)'
	mv '$(DESTDIR)$(LIBEXEC)/mail-lab.1' '$(DESTDIR)$(PREFIX)/share/man/man1'
	printf '%s\n' '#!/bin/sh' 'MAIL_LAB_COMMAND=mail-lab' 'export MAIL_LAB_COMMAND' \
		'exec "$(LIBEXEC)/lab" "$$@"' >'$(DESTDIR)$(PREFIX)/bin/mail-lab'
	chmod -R a+rX '$(DESTDIR)$(LIBEXEC)' '$(DESTDIR)$(SHARE)' \
		'$(DESTDIR)$(PREFIX)/share/man/man1/mail-lab.1'
	chmod 755 '$(DESTDIR)$(PREFIX)/bin/mail-lab'
	rm -r $(B)/tree

uninstall:
	rm -rf '$(DESTDIR)$(LIBEXEC)' '$(DESTDIR)$(SHARE)'
	rm -f '$(DESTDIR)$(PREFIX)/bin/mail-lab' '$(DESTDIR)$(PREFIX)/share/man/man1/mail-lab.1'

clean:
	rm -rf build

.PHONY: all demo show test asan tsan bench fuzz soak handout lint install uninstall clean
