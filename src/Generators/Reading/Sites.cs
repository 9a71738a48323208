using Microsoft.CodeAnalysis;

namespace Weir.Generators.Reading;

/// <summary>The first steps of every generator.</summary>
internal static class Sites
{
    internal const string FilesStep = "ReadFiles";
    internal const string SitesStep = "ReadSites";

    /// <summary>What is found in a compilation, a declaration each. All generators find the same, and read it once.</summary>
    /// <remarks>
    /// <c>ForAttributeWithMetadataName</c> would bind every method with the attribute anew at each keystroke, and once for each generator;
    /// so the memo looks at the compilation itself, and binds only what may have changed (ADR 0024).
    /// </remarks>
    public static IncrementalValuesProvider<FoundSiteModel> Of(IncrementalGeneratorInitializationContext context, SiteMemo memo) =>
        context.CompilationProvider
            .SelectMany((compilation, cancellation) => memo.Read(compilation, cancellation))
            .WithTrackingName(FilesStep)
            .SelectMany(static (file, _) => file.Sites)
            .WithTrackingName(SitesStep);
}
