using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>What generated code asks of the settings of a project.</summary>
internal static class CompilerNeeds
{
    /// <summary>The oldest version of the language that generated code is written in.</summary>
    private const LanguageVersion Oldest = LanguageVersion.CSharp12;

    private const string Namespace = "Weir.Generated";

    // The second is what the first was called before.
    private static readonly string[] Features = ["InterceptorsNamespaces", "InterceptorsPreviewNamespaces"];

    /// <summary>Whether codecs, rows and loops are understood by the compiler.</summary>
    public static bool UnderstandsLanguage(ParseOptions? options) => options is CSharpParseOptions { LanguageVersion: >= Oldest };

    /// <summary>What keeps the loops of pipelines from being compiled, and what to do; null if nothing does.</summary>
    public static Refusal? MissingFor(ParseOptions? options) =>
        options is not CSharpParseOptions parsing ? null
        : !UnderstandsLanguage(options) ? new Refusal(
            $"generated code is written in C# 12, and the project asks for C# {parsing.LanguageVersion.ToDisplayString()}",
            "remove <LangVersion> from the project, or set it to 12 or later")
        : !AllowsInterceptors(parsing) ? new Refusal(
            $"the project does not let code in the namespace {Namespace} intercept calls",
            $"add <InterceptorsNamespaces>$(InterceptorsNamespaces);{Namespace}</InterceptorsNamespaces> to the project's properties")
        : null;

    private static bool AllowsInterceptors(CSharpParseOptions options) =>
        Features.Any(feature =>
            options.Features.TryGetValue(feature, out var namespaces)
            && namespaces.Split(';').Any(static allowed => allowed.Trim() is Namespace or "Weir"));
}
