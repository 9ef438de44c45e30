@echo off
rem Starts Lambdascope: the window without arguments, the command line with them (--help lists the
rem commands). Builds the program first when it has not been built.
rem
rem   LAMBDASCOPE_JAVA_HOME   the JDK (25 or newer) to run on
rem   LAMBDASCOPE_JAVA_OPTS   further flags, such as -Xmx8g
setlocal EnableExtensions DisableDelayedExpansion
set "HOME_DIR=%~dp0"
set "MODULES=%HOME_DIR%app\target\modules"
set "JDK="

if defined LAMBDASCOPE_JAVA_HOME (
  call :consider "%LAMBDASCOPE_JAVA_HOME%"
  if not defined JDK (
    echo lambdascope: LAMBDASCOPE_JAVA_HOME: expected a JDK 25 or newer 1>&2
    exit /b 1
  )
)
if not defined JDK if defined JAVA_HOME call :consider "%JAVA_HOME%"
if not defined JDK for /f "delims=" %%J in ('where java 2^>nul') do call :consider "%%~dpJ.."
if not defined JDK for /d %%D in ("%ProgramFiles%\Java\*" "%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Microsoft\*" "%ProgramFiles%\Zulu\*" "%ProgramFiles%\BellSoft\*" "%ProgramFiles%\Amazon Corretto\*" "%USERPROFILE%\.jdks\*" "%USERPROFILE%\.sdkman\candidates\java\*") do call :consider "%%~fD"
if not defined JDK (
  echo lambdascope: no JDK 25 or newer was found; install one, or set LAMBDASCOPE_JAVA_HOME to it 1>&2
  exit /b 1
)

call :built
if errorlevel 1 (
  where mvn >nul 2>nul
  if errorlevel 1 (
    echo lambdascope: the program must be built first, and Maven was not found on the PATH 1>&2
    exit /b 1
  )
  if not exist "%HOME_DIR%app\target" mkdir "%HOME_DIR%app\target"
  echo lambdascope: building, which takes a minute the first time 1>&2
  pushd "%HOME_DIR%"
  call mvn -B -q -DskipTests package >"%HOME_DIR%app\target\build.log" 2>&1
  if errorlevel 1 (
    popd
    type "%HOME_DIR%app\target\build.log" 1>&2
    echo lambdascope: the build failed 1>&2
    exit /b 1
  )
  popd
)

set "HEADLESS=-Djava.awt.headless=true"
if "%~1"=="" set "HEADLESS="
if "%~1"=="gui" set "HEADLESS="
"%JDK%\bin\java" --module-path "%MODULES%" --class-path "%HOME_DIR%app\target\natives\*" --add-modules jdk.incubator.vector --enable-native-access=org.lambdascope.engine,javafx.graphics,ai.djl.api,ai.djl.tokenizers,ai.djl.sentencepiece,com.sun.jna,duckdb.jdbc,org.bytedeco.javacpp,org.bytedeco.openblas --sun-misc-unsafe-memory-access=allow -XX:MaxRAMPercentage=60 -XX:-UsePerfData -XX:CompileCommand=quiet "-XX:CompileCommand=dontinline,org.lambdascope.engine.kernels.vector.VectorKernels::*" -Dlambdascope.terminal=true "-Dlambdascope.samples=%HOME_DIR%samples" %HEADLESS% %LAMBDASCOPE_JAVA_OPTS% --module org.lambdascope.app/org.lambdascope.app.cli.Main %*
exit /b %ERRORLEVEL%

rem Takes a JDK that is new enough; its release file says so without starting it.
:consider
if defined JDK exit /b 0
if not exist "%~1\bin\java.exe" exit /b 0
if not exist "%~1\release" exit /b 0
for /f "usebackq tokens=2 delims==" %%V in (`findstr /b "JAVA_VERSION=" "%~1\release"`) do for /f "tokens=1 delims=.-+" %%M in ("%%~V") do if %%M GEQ 25 set "JDK=%~1"
exit /b 0

rem Whether a jar is there and no source is newer than it.
:built
if not exist "%MODULES%\lambdascope-app-*.jar" exit /b 1
powershell -NoProfile -Command "$jar = (Get-Item '%MODULES%\lambdascope-app-*.jar').LastWriteTime; $new = Get-ChildItem -Recurse -File '%HOME_DIR%engine\src\main','%HOME_DIR%app\src\main','%HOME_DIR%pom.xml','%HOME_DIR%engine\pom.xml','%HOME_DIR%app\pom.xml' | Where-Object LastWriteTime -gt $jar | Select-Object -First 1; exit [int]($null -ne $new)"
exit /b %ERRORLEVEL%
