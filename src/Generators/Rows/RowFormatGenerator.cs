using Microsoft.CodeAnalysis;
using Weir.Generators.Infrastructure;
using Weir.Generators.Reading;

namespace Weir.Generators.Rows;

/// <summary>
/// Writes the CSV and JSON formats of every type that a file source or sink of the compilation names, and the columns of those that sinks
/// of databases do.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class RowFormatGenerator : IIncrementalGenerator
{
    internal const string ParseStep = "ParseRows";
    internal const string MergeStep = "MergeRows";

    private const string File = "Weir.Rows.g.cs";

    private readonly SiteMemo _memo;

    /// <summary>Makes the generator.</summary>
    public RowFormatGenerator()
        : this(SiteMemo.Shared)
    {
    }

    internal RowFormatGenerator(SiteMemo memo) => _memo = memo;

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var found = Sites.Of(context, _memo).SelectMany(static (site, _) => site.Rows).WithTrackingName(ParseStep);
        var formats = found
            .Collect()
            .Select(static (outcomes, _) => RowSetModel.Of([.. outcomes.Select(static outcome => outcome.Row).OfType<RowModel>()]))
            .WithTrackingName(MergeStep);

        context.RegisterImplementationSourceOutput(formats, Write);
        context.RegisterSourceOutput(found, static (output, outcome) => GeneratorBug.Report(output, outcome.Bug));
    }

    private static void Write(SourceProductionContext output, RowSetModel set)
    {
        if (set.Csv.Count + set.Columns.Count + set.Json.Count + set.Items.Count == 0)
        {
            return;
        }

        var bugs = new List<GeneratorBugModel>();
        output.AddSource(File, RowSetEmitter.Emit(set, bugs).ToSourceText());
        bugs.ForEach(bug => GeneratorBug.Report(output, bug));
    }
}
