using Weir.Generators.Infrastructure;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>The accumulator of one <c>Aggregate(g => …)</c> as it grows, call by call; equal parts are kept once.</summary>
internal sealed class GroupFields
{
    private readonly List<AccumulatorFieldModel> _fields = [];
    private readonly List<UpdateModel> _updates = [];
    private readonly List<string> _merges = [];
    private readonly Dictionary<string, string> _names = [];

    public EquatableArray<AccumulatorFieldModel> Fields => new([.. _fields]);

    public EquatableArray<UpdateModel> Updates => new([.. _updates]);

    /// <summary>Gets what adds the fields of <c>__other</c> to those of <c>__pane</c>; null if some field cannot be merged.</summary>
    public EquatableArray<string>? Merges => CanMerge ? new([.. _merges]) : null;

    private bool CanMerge { get; set; } = true;

    /// <summary>Adds the fields of one call and what changes them, unless the same is there already.</summary>
    /// <param name="kind">What is kept: equal kinds behind equal chains are the same thing.</param>
    /// <param name="chain">The steps before.</param>
    /// <param name="fields">The fields, the first of which names the whole; names are made unique.</param>
    /// <param name="statement">What a record does; <c>{0}</c> is the first field, <c>{1}</c> the second.</param>
    /// <param name="merge">What the same fields of another accumulator, <c>{2}</c> and <c>{3}</c>, do; null if nothing can.</param>
    /// <param name="extra">A further function, and what it answers.</param>
    /// <param name="folds">Whether the further function takes the first field before the element.</param>
    /// <returns>The first field, as an expression.</returns>
    public string Add(
        string kind,
        GroupChain chain,
        AccumulatorFieldModel[] fields,
        string statement,
        string? merge,
        (FunctionModel Function, string Type)? extra = null,
        bool folds = false)
    {
        var key = $"{kind}|{chain.Signature}|{extra?.Function.Signature}";
        if (!_names.TryGetValue(key, out var name))
        {
            var ordinal = _fields.Count(field => field.Name.TrimEnd(Digits) == fields[0].Name);
            var suffix = ordinal == 0 ? "" : (ordinal + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
            _fields.AddRange(fields.Select(field => field with { Name = field.Name + suffix }));
            name = fields[0].Name + suffix;
            _names.Add(key, name);
            var second = fields.Length > 1 ? fields[1].Name + suffix : "";
            var text = Fill(statement, name, second);
            if (text.Length > 0)
            {
                _updates.Add(new UpdateModel(chain.Steps, extra?.Function, extra?.Type ?? "", folds ? "__pane." + name
                    : "", chain.Element, text));
            }

            if (merge is null)
            {
                CanMerge = false;
            }
            else if (merge.Length > 0)
            {
                _merges.Add(Fill(merge, name, second));
            }
        }

        return "__pane." + name;
    }

    /// <summary>The second field of what <see cref="Add"/> answered.</summary>
    public static string Second(string first, string firstName, string secondName) =>
        "__pane." + secondName + first.Substring("__pane.".Length + firstName.Length);

    private static string Fill(string statement, string first, string second) => statement
        .Replace("{0}", "__pane." + first)
        .Replace("{1}", "__pane." + second)
        .Replace("{2}", "__other." + first)
        .Replace("{3}", "__other." + second);

    private static readonly char[] Digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
}

/// <summary>The <c>Where</c> and <c>Select</c> calls in front of a LINQ call, and what comes out of them.</summary>
/// <param name="Steps">The calls.</param>
/// <param name="Element">The type that comes out; empty if it cannot be named.</param>
internal sealed record GroupChain(EquatableArray<UpdateStepModel> Steps, string Element)
{
    public string Signature => string.Join("|", Steps.Select(step => $"{step.IsFilter}:{step.Out}:{step.Function.Signature}"));

    /// <summary>Gets a value indicating whether nothing may come out although the window holds records.</summary>
    public bool MayBeEmpty => Steps.Any(step => step.IsFilter);

    /// <summary>Gets the same number of elements, by the steps that decide it alone.</summary>
    public GroupChain Counted
    {
        get
        {
            var steps = Steps.ToList();
            while (steps.Count > 0 && !steps[steps.Count - 1].IsFilter)
            {
                steps.RemoveAt(steps.Count - 1);
            }

            return new GroupChain(new EquatableArray<UpdateStepModel>([.. steps]), "");
        }
    }

    public GroupChain Then(bool isFilter, FunctionModel function, string output) =>
        new(new EquatableArray<UpdateStepModel>([.. Steps, new UpdateStepModel(isFilter, function, Element, output)]), output);
}
