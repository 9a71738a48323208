using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Weir.Generators.Corpus.Infrastructure;

/// <summary>
/// The analyzers of the SDK as a project with <c>AnalysisMode=All</c>, <c>EnforceCodeStyleInBuild</c> and the analyzers for trimming runs
/// them.
/// </summary>
internal static class SdkAnalyzers
{
    private static readonly string Folder = Path.Combine(Sdk.Folder, "Sdks", "Microsoft.NET.Sdk");

    private static readonly ImmutableArray<DiagnosticAnalyzer> All =
    [
        .. Analyzers("analyzers", "Microsoft.CodeAnalysis.NetAnalyzers", "Microsoft.CodeAnalysis.CSharp.NetAnalyzers"),
        .. Analyzers(Path.Combine("codestyle", "cs"), "Microsoft.CodeAnalysis.CodeStyle", "Microsoft.CodeAnalysis.CSharp.CodeStyle"),
        .. Sdk.TrimAnalyzer is { } trimming ? Of(Assembly.LoadFrom(trimming)) : [],
    ];

    private static readonly AnalyzerConfigSet Settings = AnalyzerConfigSet.Create<AnalyzerConfig[]>([
        Parse(Path.Combine("analyzers", "build", "config", "analysislevel_10_all.globalconfig")),
        Parse(Path.Combine("codestyle", "cs", "build", "config", "analysislevelstyle_all.globalconfig")),
        AnalyzerConfig.Parse(SourceText.From("""
            is_global = true
            build_property.TargetFramework = net10.0
            build_property.TargetFrameworkIdentifier = .NETCoreApp
            build_property.TargetFrameworkVersion = v10.0
            build_property.EnableAotAnalyzer = true
            build_property.EnableTrimAnalyzer = true
            build_property.EnableSingleFileAnalyzer = true
            build_property.IsTrimmable = true
            build_property.EnforceExtendedAnalyzerRules = true
            build_property._SupportedPlatformList = Linux,macOS,Windows
            build_property.SupportedPlatformList = Linux,macOS,Windows
            """), "/build.globalconfig"),
    ]);

    /// <summary>What they say of a compilation, with the severities of that mode.</summary>
    public static async Task<ImmutableArray<Diagnostic>> Of(Compilation compilation)
    {
        // Files of settings know no case, ids do.
        var severities = compilation.Options.SpecificDiagnosticOptions.SetItems(Settings.GlobalConfigOptions.TreeOptions
            .Select(static pair => KeyValuePair.Create(pair.Key.ToUpperInvariant(), pair.Value)));
        var analyzed = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(severities));
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([], new Options(Settings.GlobalConfigOptions.AnalyzerOptions)),
            static (failure, analyzer, _) => throw new InvalidOperationException($"{analyzer} failed.", failure),
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false);
        return await analyzed.WithAnalyzers(All, options).GetAnalyzerDiagnosticsAsync();
    }

    private static AnalyzerConfig Parse(string path) =>
        AnalyzerConfig.Parse(SourceText.From(File.ReadAllText(Path.Combine(Folder, path))), Path.Combine(Folder, path));

    private static IEnumerable<DiagnosticAnalyzer> Analyzers(string folder, params string[] names)
    {
        foreach (var name in names)
        {
            foreach (var analyzer in Of(Assembly.LoadFrom(Path.Combine(Folder, folder, name + ".dll"))))
            {
                yield return analyzer;
            }
        }
    }

    private static IEnumerable<DiagnosticAnalyzer> Of(Assembly assembly) => Types(assembly)
        .Where(static type => type.GetCustomAttributes<DiagnosticAnalyzerAttribute>().Any(static found =>
            found.Languages.Contains(LanguageNames.CSharp)) && !type.IsAbstract)
        .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type, nonPublic: true)!);

    // Fixes lie in the same files, and what they need is not here.
    private static IEnumerable<Type> Types(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException partly)
        {
            return partly.Types.OfType<Type>();
        }
    }

    private sealed class Options(IReadOnlyDictionary<string, string> values) : AnalyzerConfigOptionsProvider
    {
        private readonly Values _values = new(values);

        public override AnalyzerConfigOptions GlobalOptions => _values;

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => _values;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => _values;

        private sealed class Values(IReadOnlyDictionary<string, string> values) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) =>
                values.TryGetValue(key, out value);
        }
    }
}
