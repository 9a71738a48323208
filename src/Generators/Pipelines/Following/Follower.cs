using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Reading;

namespace Weir.Generators.Pipelines.Following;

/// <summary>
/// Follows the streams of a method from call to call: through variables, conditions, loops, and helper methods of the same project.
/// </summary>
/// <remarks>
/// It knows of each verb call which calls may have made its streams, and errs on the side of more. Code that is generated for a way that
/// is never gone is not used; a call that must have been made by another one, by what is said here, must have been.
/// </remarks>
internal sealed class Follower
{
    /// <summary>How many calls are followed. A pipeline beyond that is not one that a person wrote.</summary>
    private const int MaxCalls = 1000;

    private readonly Dictionary<(int Context, SyntaxNode Syntax), int> _calls = [];
    private readonly Dictionary<(int Context, SyntaxNode Syntax), int> _contexts = [];
    private readonly HashSet<(int Context, SyntaxNode Syntax)> _strays = [];
    private readonly Dictionary<SyntaxTree, SemanticModel> _models = [];
    private readonly Dictionary<SyntaxNode, VerbCall?> _verbs = [];

    private Follower(SemanticModel model, SyntaxNode root, CancellationToken cancellation)
    {
        Model = model;
        Root = root;
        Cancellation = cancellation;
        _models.Add(model.SyntaxTree, model);
        Expressions = new ExpressionFollower(this);
        Statements = new StatementFollower(this);
        Methods = new MethodFollower(this);
    }

    /// <summary>Gets the calls in order of construction.</summary>
    public List<FollowedCall> Calls { get; } = [];

    /// <summary>Gets the declaration that following began with.</summary>
    public SyntaxNode Root { get; }

    /// <summary>Gets or sets the semantic model of the file that is being read.</summary>
    public SemanticModel Model { get; set; }

    /// <summary>Gets or sets what variables hold where we are; null where nobody comes.</summary>
    public Variables? Now { get; set; } = Variables.Empty;

    /// <summary>Gets or sets the way through helper methods that we came by.</summary>
    public int Context { get; set; }

    /// <summary>Gets or sets the loops and functions around us.</summary>
    public ImmutableList<SyntaxNode> Loops { get; set; } = [];

    /// <summary>Gets the files of helper methods that were followed.</summary>
    public HashSet<SyntaxTree> Files { get; } = [];

    public CancellationToken Cancellation { get; }

    public ExpressionFollower Expressions { get; }

    public StatementFollower Statements { get; }

    public MethodFollower Methods { get; }

    /// <summary>Gets or sets a value indicating whether it jumps to labels: then a stream may be used where nobody sees it.</summary>
    public bool HasJumps { get; set; }

    /// <summary>Gets the calls of methods that another one may stand in for.</summary>
    public List<(InvocationExpressionSyntax Call, string Method)> Open { get; } = [];

    /// <summary>Whether there is room for more.</summary>
    public bool HasRoom => Calls.Count < MaxCalls;

    /// <summary>Follows a method.</summary>
    /// <param name="declaration">The method, a local function, or a file with statements at its top.</param>
    /// <param name="model">The semantic model of its file.</param>
    /// <param name="cancellation">Cancels the following.</param>
    public static Follower Follow(SyntaxNode declaration, SemanticModel model, CancellationToken cancellation)
    {
        var follower = new Follower(model, declaration, cancellation);
        follower.Methods.FollowRoot(declaration);
        follower.CountUsers();
        return follower;
    }

    public SemanticModel ModelOf(SyntaxTree tree)
    {
        if (!_models.TryGetValue(tree, out var model))
        {
            model = Semantics.Of(Model.Compilation, tree);
            _models.Add(tree, model);
        }

        return model;
    }

    /// <summary>The verb call that a syntax is, or null.</summary>
    public VerbCall? VerbOf(InvocationExpressionSyntax syntax)
    {
        if (!_verbs.TryGetValue(syntax, out var verb))
        {
            _verbs.Add(syntax, verb = VerbCall.Of(syntax, Model, Cancellation));
        }

        return verb;
    }

    /// <summary>Adds a call, or what its inputs may be on a further way.</summary>
    public StreamValue Add(VerbCall verb, IReadOnlyList<StreamValue> inputs)
    {
        if (!_calls.TryGetValue((Context, verb.Syntax), out var index))
        {
            if (!HasRoom)
            {
                return StreamValue.Unknown;
            }

            index = Calls.Count;
            _calls.Add((Context, verb.Syntax), index);
            Calls.Add(new FollowedCall(verb, Loops));
        }

        Calls[index].Takes(inputs);
        return StreamValue.Of(index);
    }

    /// <summary>A way through a helper method that is called here.</summary>
    public int ContextOf(SyntaxNode call)
    {
        if (!_contexts.TryGetValue((Context, call), out var context))
        {
            _contexts.Add((Context, call), context = _contexts.Count + 1);
        }

        return context;
    }

    /// <summary>Counts a use of a stream by something else than a verb.</summary>
    public void Stray(SyntaxNode at, StreamValue value)
    {
        if (_strays.Add((Context, at)))
        {
            foreach (var call in value.Calls)
            {
                Calls[call].Users++;
            }
        }
    }

    private void CountUsers()
    {
        for (var index = 0; index < Calls.Count; index++)
        {
            var user = Calls[index];
            user.Users += HasJumps ? 2 : 0;
            foreach (var maker in user.Inputs.SelectMany(static input => input.Calls))
            {
                // A stream that comes round a loop is not fused with what made it: it has been through there before.
                Calls[maker].Users += maker >= index || user.MayRepeat(Calls[maker]) ? 2 : 1;
            }
        }
    }
}
