using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Infrastructure;

namespace Weir.Generators.Rows;

/// <summary>Writes the CSV and JSON formats of every type that a file source or sink of the compilation names.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class RowFormatGenerator : IIncrementalGenerator
{
    internal const string ParseStep = "ParseRows";
    internal const string MergeStep = "MergeRows";

    private const string File = "Weir.Rows.g.cs";

    private readonly Func<RowSetModel, SourceWriter> _emit;

    /// <summary>Makes the generator.</summary>
    public RowFormatGenerator()
        : this(RowSetEmitter.Emit)
    {
    }

    internal RowFormatGenerator(Func<RowSetModel, SourceWriter> emit) => _emit = emit;

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var found = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => RowParser.MayBeRows(node), Parse)
            .Where(static outcome => outcome is not null)
            .Select(static (outcome, _) => outcome!)
            .WithTrackingName(ParseStep);
        var formats = found
            .Collect()
            .Select(static (outcomes, _) => RowSetModel.Of([.. outcomes.Select(static outcome => outcome.Row).OfType<RowModel>()]))
            .WithTrackingName(MergeStep);

        context.RegisterSourceOutput(formats, Write);
        context.RegisterSourceOutput(found, static (output, outcome) => GeneratorBug.Report(output, outcome.Bug));
    }

    // Rows that we fail on cost their own format alone.
    private static FoundRowModel? Parse(GeneratorSyntaxContext target, CancellationToken cancellation)
    {
        try
        {
            return RowParser.Parse((InvocationExpressionSyntax)target.Node, target.SemanticModel, cancellation) is { } row
                ? new FoundRowModel { Row = row, Bug = null }
                : null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            const string Consequence = "its rows can be neither read nor written";
            return new FoundRowModel
            {
                Row = null,
                Bug = GeneratorBugModel.OfType(failure, target.Node.ToString(), Consequence, target.Node),
            };
        }
    }

    private void Write(SourceProductionContext output, RowSetModel set)
    {
        if (set.Csv.Count + set.Json.Count + set.Items.Count == 0)
        {
            return;
        }

        try
        {
            output.AddSource(File, _emit(set).ToSourceText());
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            var bug = GeneratorBugModel.OfFile(failure, File, "files of this project's types can be neither read nor written");
            output.ReportDiagnostic(GeneratorBug.Report(bug));
        }
    }
}
