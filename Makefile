# The front door: "make setup" once, then "make test", "make demo", "sudo make install" or "make deb".

SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=
BINDIR = $(PREFIX)/bin
DATADIR = $(PREFIX)/share/legalityd/data
MANDIR = $(PREFIX)/share/man
UNITDIR = $(PREFIX)/lib/systemd/system
SYSUSERSDIR = $(PREFIX)/lib/sysusers.d
TMPFILESDIR = $(PREFIX)/lib/tmpfiles.d
BASHCOMPDIR = $(PREFIX)/share/bash-completion/completions
ZSHCOMPDIR = $(PREFIX)/share/zsh/site-functions
FISHCOMPDIR = $(PREFIX)/share/fish/vendor_completions.d
DEBDIR = $(CURDIR)/.build-deb

# The client has a build directory of its own, as it is linked otherwise than the rest.
DAEMON = .build/release/legalityd
CLIENT = .build-client/release/legality
INTERFACE = Sources/LookupService/org.legalityd.Lookup.varlink

BUILD_PACKAGES = libsystemd-dev libgcrypt20-dev libyaml-dev pkg-config
# What the tests hold the program against: names of countries, time zones, terminals and shells.
TEST_PACKAGES = iso-codes tzdata bsdutils tmux zsh fish shellcheck man-db
DEB_PACKAGES = debhelper lintian
CI_PACKAGES = $(DEB_PACKAGES) $(TEST_PACKAGES) debootstrap systemd-container socat jq gcc libc6-dev python3-venv

.PHONY: help setup setup-test setup-deb setup-ci build release man test demo install deb lint format clean bench \
	soak soak-check soak-asan random-requests blocklist-check fuzz fuzz-build fuzz-check test-asan test-tsan \
	sanitizer-check systemd-check

help:
	@echo 'make setup           install what building needs (apt; asks for nothing if all is there)'
	@echo 'make build           build for development, into .build/'
	@echo 'make test            build and run the tests'
	@echo 'make demo            start the daemon on a private socket and ask it a few questions'
	@echo 'make release         build what is installed: the daemon, and the client as one static file'
	@echo 'make install         install under PREFIX ($(PREFIX)), below DESTDIR if given'
	@echo 'make deb             build legalityd and legalityd-data as Debian packages, into .build-deb/'
	@echo 'make systemd-check   try the packages in booted bookworm and trixie (root, network)'
	@echo 'make fuzz            fuzz for ten minutes a target (make fuzz-check: ten seconds)'
	@echo 'make soak            ten minutes under fire, times judged: for a quiet machine'
	@echo 'make soak-check      two minutes under fire, times told but not judged'
	@echo 'make random-requests 200000 requests, valid and not, each reply checked (COUNT=, SEED=)'
	@echo 'make blocklist-check each block list against the verdicts of all 82,000 areas'
	@echo 'make test-asan       the tests under Address Sanitizer (make test-tsan: Thread Sanitizer)'
	@echo 'make soak-asan       a minute under fire, and a search for leaks'
	@echo 'make sanitizer-check what .ci/run does of these: test-tsan, and 20 seconds under fire'
	@echo 'make bench           measure beside Redis, a C loop, nginx and others (installs what it needs)'
	@echo 'make lint | format   check or apply the style'
	@echo 'make clean           remove all that was built'

# $(call install-packages,LIST): says nothing and needs no root if all are there.
define install-packages
@missing=; for package in $(1); do \
	dpkg-query -W -f '$${db:Status-Status}' $$package 2>/dev/null | grep -q '^installed' || missing="$$missing $$package"; \
done; \
if [ -n "$$missing" ]; then \
	if [ "$$(id -u)" = 0 ]; then sudo=; else sudo=sudo; fi; \
	$$sudo apt-get update -qq && \
	$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
fi
endef

setup:
	$(call install-packages,$(BUILD_PACKAGES))
	@command -v $(SWIFT) >/dev/null || { echo 'Swift 6.1 or later is needed: https://www.swift.org/install/linux/' >&2; exit 1; }

setup-test: setup
	$(call install-packages,$(TEST_PACKAGES))

setup-deb: setup
	$(call install-packages,$(DEB_PACKAGES))

setup-ci: setup
	$(call install-packages,$(CI_PACKAGES))

build: setup
	$(SWIFT) build

test: setup-test
	$(SWIFT) test --disable-xctest

# The tests under the sanitizers, each in a build directory of its own. What they find in the programs that tests start
# goes into files, and one such file is a failure. Left out is the test that limits a daemon's memory, of which sanitizers
# need a multiple themselves; Thread Sanitizer takes the tests in which threads meet.
SANITIZED_TEST = rm -rf .build-$(1)/reports && mkdir -p -m 777 .build-$(1)/reports && \
	$(2)_OPTIONS=log_path=$(CURDIR)/.build-$(1)/reports/report:$(3) \
	$(SWIFT) test --disable-xctest --sanitize=$(4) --scratch-path .build-$(1) $(5); status=$$?; \
	cat .build-$(1)/reports/* 2>/dev/null && exit 1; exit $$status

test-asan: setup-test
	$(call SANITIZED_TEST,asan,ASAN,detect_leaks=0,address,--skip noMemory)

test-tsan: setup-test
	$(call SANITIZED_TEST,tsan,TSAN,halt_on_error=0,thread,--filter '^(VarlinkTests|SystemdTests|ProgramTests)\.' --skip noMemory)

# What fits into every run of the checks: all of Thread Sanitizer, and a soak of 20 seconds with Address Sanitizer and a
# search for leaks.
sanitizer-check: test-tsan
	$(MAKE) soak-asan SOAK_ASAN_SECONDS=20

# The soak with Address Sanitizer, which looks for leaks when the daemon ends. Times are not judged.
SOAK_ASAN_SECONDS ?= 60
soak-asan: setup
	$(SWIFT) build --sanitize=address --scratch-path .build-asan --product legalityd
	$(SWIFT) build --sanitize=address --scratch-path .build-asan --product Soak
	LSAN_OPTIONS=suppressions=Tests/Soak/leak-suppressions.txt .build-asan/debug/Soak leaks $(SOAK_ASAN_SECONDS) data

# libFuzzer with AddressSanitizer; the toolchain's linker, as gold stumbles over the result.
FUZZ_SECONDS ?= 600
# The plan is made anew, or files that were added to the package around it would be missed.
fuzz-build: setup
	rm -f .build-fuzz/release.yaml
	$(SWIFT) build --package-path Tests/Fuzz --scratch-path .build-fuzz -c release --product Fuzz \
		-Xswiftc -sanitize=fuzzer,address -Xswiftc -use-ld=lld -Xcc -fsanitize=address,fuzzer-no-link

fuzz: fuzz-build
	Tests/Fuzz/run $(FUZZ_SECONDS)

fuzz-check: fuzz-build
	Tests/Fuzz/run 10

# Full load, reloads and misbehaving clients; as root, the misbehaving ones are another user. Times are judged only by
# "soak", which whoever runs it knows to have the machine for itself; "soak-check" tells them.
soak soak-check: setup
	$(SWIFT) build -c release --product legalityd
	$(SWIFT) build -c release --product Soak
	.build/release/Soak run $(if $(filter soak,$@),600,120) data $(if $(filter soak,$@),--judge-times)

# Random requests to the daemon as it is shipped; the same ones with the same SEED.
COUNT ?= 200000
SEED ?= 20261121
random-requests: release
	$(SWIFT) build -c release --product RandomRequests
	.build/release/RandomRequests $(COUNT) $(SEED) data

# Each block list against the verdicts, over every area there is.
blocklist-check: release
	.ci/blocklist-check $(DAEMON) $(CLIENT)

release: setup
	$(SWIFT) build -c release --product legalityd --static-swift-stdlib
	$(SWIFT) build -c release --product legality --scratch-path .build-client -Xswiftc -static-executable

demo: setup-test build
	.ci/demo .build/debug

# Everything takes some twenty minutes; one scenario: Benchmarks/run sockets
bench: setup
	Benchmarks/run

man: release
	rm -rf .build-man && mkdir .build-man
	$(CLIENT) manual > .build-man/legality.1
	man/markdown-to-man data/README.md "legalityd-table(5): the table of what the law says" > .build-man/legalityd-table.5
	sed -e '/@INTERFACE@/{r $(INTERFACE)' -e 'd}' man/org.legalityd.Lookup.7.md > .build-man/org.legalityd.Lookup.7.md
	man/markdown-to-man .build-man/org.legalityd.Lookup.7.md > .build-man/org.legalityd.Lookup.7
	man/markdown-to-man man/legalityd.8.md > .build-man/legalityd.8

# The units name /usr; elsewhere they name what was installed there.
install: release man
	install -d $(DESTDIR)$(BINDIR)
	install -m 755 $(DAEMON) $(CLIENT) $(DESTDIR)$(BINDIR)
	cd data && find . -type f ! -name '*.md' -exec install -D -m 644 {} $(DESTDIR)$(DATADIR)/{} \;
	install -d $(DESTDIR)$(UNITDIR)
	for unit in legalityd.service legalityd.socket; do \
		sed 's,/usr/bin/,$(BINDIR)/,g; s,/usr/share/legalityd/data,$(DATADIR),g' systemd/$$unit \
			> $(DESTDIR)$(UNITDIR)/$$unit && chmod 644 $(DESTDIR)$(UNITDIR)/$$unit || exit 1; \
	done
	install -D -m 644 systemd/legalityd.sysusers.conf $(DESTDIR)$(SYSUSERSDIR)/legalityd.conf
	install -D -m 644 systemd/legalityd.tmpfiles.conf $(DESTDIR)$(TMPFILESDIR)/legalityd.conf
	for page in .build-man/*.[1-8]; do \
		install -D -m 644 $$page $(DESTDIR)$(MANDIR)/man$${page##*.}/$${page##*/} || exit 1; \
	done
	install -d $(DESTDIR)$(BASHCOMPDIR) $(DESTDIR)$(ZSHCOMPDIR) $(DESTDIR)$(FISHCOMPDIR)
	for program in $(DAEMON) $(CLIENT); do name=$${program##*/}; \
		$$program --generate-completion-script bash | sed '1{/^#!/d}' > $(DESTDIR)$(BASHCOMPDIR)/$$name && \
		$$program --generate-completion-script zsh > $(DESTDIR)$(ZSHCOMPDIR)/_$$name && \
		$$program --generate-completion-script fish > $(DESTDIR)$(FISHCOMPDIR)/$$name.fish || exit 1; \
	done

deb: setup-deb release
	mkdir -p $(DEBDIR) && rm -f $(DEBDIR)/*.deb
	dpkg-checkbuilddeps
	DEBDIR=$(DEBDIR) debian/rules binary
	lintian --fail-on error --tag-display-limit 0 $(DEBDIR)/*.deb
	@ls $(DEBDIR)/*.deb

systemd-check: setup-ci
	.ci/systemd-check

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources

format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources

clean:
	rm -rf .build .build-client .build-man $(DEBDIR) debian/.debhelper debian/tmp debian/legalityd debian/legalityd-data
	rm -f debian/files debian/*.substvars debian/*.debhelper debian/debhelper-build-stamp debian/*.debhelper.log
