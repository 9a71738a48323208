using Microsoft.CodeAnalysis;
using Weir.Generators.Reading;

namespace Weir.Generators.Keyed;

/// <summary>Wires the states of classes that keep some by key: without it each would have to name its own fields.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class StateClassGenerator : IIncrementalGenerator
{
    internal const string ClassStep = "ParseStateClass";
    internal const string ConstructionStep = "ParseStateConstruction";
    internal const string MergeStep = "MergeStateClasses";

    private const string File = "Weir.States.g.cs";

    private readonly SiteMemo _memo;

    /// <summary>Makes the generator.</summary>
    public StateClassGenerator()
        : this(SiteMemo.Shared)
    {
    }

    internal StateClassGenerator(SiteMemo memo) => _memo = memo;

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var sites = Sites.Of(context, _memo);
        var classes = sites
            .Where(static site => site.States is not null)
            .SelectMany(static (site, _) => site.States!.Class is { } one ? [one] : Array.Empty<StateClassModel>())
            .WithTrackingName(ClassStep);
        var constructions = sites
            .SelectMany(static (site, _) => OfSite(site))
            .WithTrackingName(ConstructionStep);
        var set = classes.Collect()
            .Combine(constructions.Collect())
            .Select(static (found, _) => StateSetModel.Of(found.Left, found.Right))
            .WithTrackingName(MergeStep);
        context.RegisterImplementationSourceOutput(set, static (output, set) =>
        {
            if (set.Classes.Count > 0)
            {
                output.AddSource(File, StateSetEmitter.Emit(set).ToSourceText());
            }
        });
    }

    private static IEnumerable<StateConstructionModel> OfSite(FoundSiteModel site) => site.Calls
        .Concat(site.Stored is { } stored ? [stored] : [])
        .Concat(site.States is { } states ? [states.Stored] : [])
        .SelectMany(static found => found.Constructions);
}
